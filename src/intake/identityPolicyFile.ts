import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { IdentityPolicy, SystemPolicy } from "../domain/customer/identityPolicy.ts";
import { packageRoot } from "../packageRoot.ts";

/** The policy file cannot be used; the message names the file and everything wrong with it. */
export class IdentityPolicyUnusable extends Error {
  override readonly name = "IdentityPolicyUnusable";
  readonly code = "IDENTITY_POLICY_UNUSABLE";
}

const texts = { type: "array", items: { type: "string", minLength: 1, maxLength: 200 } };
const name = { type: "string", minLength: 1, maxLength: 100 };
const schema = {
  type: "object",
  properties: {
    systems: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: { maxPerCustomer: { type: "integer", minimum: 1 }, blocked: texts },
        additionalProperties: false,
      },
    },
    matching: {
      type: "object",
      properties: {
        rules: {
          type: "array",
          items: {
            type: "object",
            properties: {
              name,
              attributes: {
                type: "array",
                minItems: 1,
                items: {
                  type: "object",
                  properties: { name, form: { enum: ["email", "phone", "text", "date"] } },
                  required: ["name", "form"],
                  additionalProperties: false,
                },
              },
            },
            required: ["name", "attributes"],
            additionalProperties: false,
          },
        },
        sharedByAtMost: { type: "integer", minimum: 2, maximum: 100 },
        ignored: texts,
      },
      required: ["rules"],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

type File = {
  readonly systems?: Readonly<Record<string, Partial<SystemPolicy>>>;
  readonly matching?: Partial<IdentityPolicy["matching"]>;
};

/** The bank's own `identity.json` in the data folder, else the one that came with the product. Throws IdentityPolicyUnusable. */
export function identityPolicy(dataDir: string): IdentityPolicy {
  const own = join(dataDir, "identity.json");
  return readIdentityPolicy(existsSync(own) ? own : join(packageRoot, "schema/identity.json"));
}

export function readIdentityPolicy(file: string): IdentityPolicy {
  const unusable = (why: string) => new IdentityPolicyUnusable(`${file} cannot be used: ${why}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw unusable((error as Error).message);
  }
  const ajv = new Ajv2020({ allErrors: true });
  if (!ajv.validate(schema, content)) throw unusable(ajv.errorsText(ajv.errors, { dataVar: "policy" }));
  const { systems = {}, matching = {} } = content as File;
  const rules = matching.rules ?? [];
  const repeated = rules.find((rule, index) => rules.findIndex(other => other.name === rule.name) !== index);
  if (repeated !== undefined) throw unusable(`there are two matching rules named "${repeated.name}"`);
  return {
    systems: Object.fromEntries(
      Object.entries(systems).map(([system, { maxPerCustomer = null, blocked = [] }]) => [
        system,
        { maxPerCustomer, blocked },
      ]),
    ),
    matching: { rules, sharedByAtMost: matching.sharedByAtMost ?? 10, ignored: matching.ignored ?? [] },
  };
}
