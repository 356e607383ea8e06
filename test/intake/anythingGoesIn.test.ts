import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fact } from "../../src/intake/fact.ts";
import { openDoor, paid, registered } from "./openDoor.ts";

const anything = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
const samples = [registered("1", { actor: { kind: "person", id: "eva" }, corrects: "x" }), paid()];
const paths = ["id", "source", "type", "schemaVersion", "subject", "occurredAt", "data", "actor", "corrects", "colour"];
const inner = [
  "data.attributes",
  "data.account",
  "data.amount",
  "data.amount.currency",
  "data.direction",
  "subject.customer",
];

/** The fact with the value at a dotted path replaced. */
function replaced(fact: object, [step = "", ...rest]: readonly string[], value: unknown): object {
  const at = (fact as Record<string, object>)[step];
  return { ...fact, [step]: rest.length === 0 ? value : replaced(at ?? {}, rest, value) };
}
const nearlyFact = fc
  .tuple(fc.constantFrom(...samples), fc.constantFrom(...paths, ...inner), anything)
  .map(([fact, path, value]) => replaced(fact, path.split("."), value));

test("whatever JSON comes to the door, every item gets an answer, and what is refused can be read back whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(anything, nearlyFact), { maxLength: 5 }), async items => {
      const door = openDoor();
      const context = { source: "test" };
      const asFacts = await door.intake.submit({ format: "facts", facts: items as unknown as Fact[] }, context);
      const asEvents = await door.intake.submit({ format: "cloudevents", events: items as never }, context);
      const lines = items.map(item => JSON.stringify(item));
      const asLines = await door.intake.submit({ format: "cloudevents-lines", lines }, context);
      expect([asFacts.length, asEvents.length, asLines.length]).toEqual([items.length, items.length, items.length]);
      const kept = new Map((await door.log()).map(({ data }) => [data.quarantineId, data.raw]));
      const check = (answers: typeof asFacts) =>
        answers.forEach((answer, index) => {
          if (answer.kind !== "quarantined") return;
          expect(answer.faults).not.toEqual([]);
          expect(kept.get(answer.quarantineId)).toEqual(JSON.parse(JSON.stringify(items[index])));
        });
      for (const answers of [asFacts, asEvents, asLines]) check(answers);
    }),
    { numRuns: 80 },
  );
});
