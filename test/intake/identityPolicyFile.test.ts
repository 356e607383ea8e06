import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { identityPolicy, readIdentityPolicy } from "../../src/intake/identityPolicyFile.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-policy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (content: string): string => {
  const file = join(folder, "identity.json");
  writeFileSync(file, content);
  return file;
};

test("the policy that comes with the product can be read, and a bank's own takes its place", () => {
  const shipped = readIdentityPolicy("schema/identity.json");
  expect(shipped.systems.app).toEqual({ maxPerCustomer: 5, blocked: ["0", "unknown"] });
  expect(identityPolicy(join(folder, "empty"))).toEqual(shipped);
  written('{"systems": {"card": {"maxPerCustomer": 1}}}');
  expect(identityPolicy(folder)).toEqual({
    systems: { card: { maxPerCustomer: 1, blocked: [] } },
    matching: { rules: [], sharedByAtMost: 10, ignored: [] },
  });
});

test.each([
  ["{", "JSON"],
  ['{"systems": {"app": {"maxPerCustomer": 0}}}', "policy/systems/app/maxPerCustomer must be >= 1"],
  ['{"matching": {"rules": [{"name": "x", "attributes": [{"name": "email", "form": "mail"}]}]}}', "form must be equal"],
  [
    '{"matching": {"rules": [{"name": "x", "attributes": [{"name": "a", "form": "text"}]}, {"name": "x", "attributes": [{"name": "b", "form": "text"}]}]}}',
    'two matching rules named "x"',
  ],
])("a policy that cannot be used says why: %s", (content, why) => {
  const file = written(content);
  expect(() => readIdentityPolicy(file)).toThrow(why);
  expect(() => readIdentityPolicy(file)).toThrow(file);
});
