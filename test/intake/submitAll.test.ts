import { expect, test } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import { fact, openDoor, registered } from "./openDoor.ts";

const account = { system: "core", id: "shared-1" };
const submission = (source: string, ...facts: object[]) => ({
  batch: { format: "facts" as const, facts: facts as readonly Fact[] },
  context: { source, correlationId: `from-${source}` },
});

test("batches of several clients share one commit, and each gets its own outcomes in order", async () => {
  const door = openDoor();
  const [first, second, third] = await door.intake.submitAll([
    submission("one", registered("1"), fact("account-opened", { account })),
    submission(
      "two",
      fact("balance-reported", { account, balance: { amount: "5.00", currency: "EUR" } }, { subject: { account } }),
      { nonsense: 1 },
    ),
    submission("three"),
  ]);
  expect(door.appends).toEqual([4]);
  expect(first?.map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
  expect(second?.map(({ kind }) => kind)).toEqual(["accepted", "quarantined"]);
  expect(third).toEqual([]);
  const correlations = (await door.log()).map(({ type, correlationId }) => [type, correlationId]);
  expect(correlations).toEqual([
    ["identity-linked", "from-one"],
    ["customer-registered", "from-one"],
    ["account-opened", "from-one"],
    ["balance-reported", "from-two"],
    ["fact-quarantined", "from-two"],
  ]);
});

test("a batch that names no usable source is refused before anything of its neighbours is stored", async () => {
  const door = openDoor();
  await expect(
    door.intake.submitAll([submission("one", registered("1")), submission("", registered("2"))]),
  ).rejects.toThrow(TypeError);
  expect(await door.log()).toEqual([]);
});
