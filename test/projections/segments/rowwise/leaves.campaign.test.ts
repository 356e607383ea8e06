import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rule } from "../../../../src/domain/segment/rule.ts";
import { compileRule } from "../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { truthOf } from "./oracle.ts";
import { localRule } from "./support/localRule.ts";
import { tags } from "./support/tags.ts";
import { anyBase, anyEdge, anyFacts, createWorld, eventsOf, half, hour, people } from "./support/world.ts";

const program = compileTags(tags);
const [ada] = people;

/** One leaf of a kind, and facts that it may be about. */
const asked = (kind: Rule["kind"]) =>
  anyBase.chain(base =>
    fc.record({
      base: fc.constant(base),
      rule: localRule(base, 0).filter(rule => rule.kind === kind),
      facts: anyFacts(18),
      edge: anyEdge,
    }),
  );

test.each([
  "value",
  "list",
  "did",
  "didNot",
  "first",
  "regularly",
  "stopped",
  "restarted",
  "sequence",
  "relation",
] as const)("a leaf of kind %s is true and false exactly when the facts say so, and for as long as it says", kind => {
  const met = { true: 0, false: 0, ends: 0 };
  fc.assert(
    fc.property(asked(kind), ({ base, rule, facts, edge }) => {
      const oracle = { events: eventsOf(facts, base), people, tags };
      const world = createWorld();
      for (const event of oracle.events) world.tell(event);
      const ask = compileRule(rule, surroundingsOf(program, null));
      let at = base + edge - 1;
      for (let step = 0; step < 12; step += 1) {
        const { truth, validUntil } = ask(world.subject, { at, known: Number.POSITIVE_INFINITY });
        met[`${truth}`] += 1;
        const until = validUntil ?? at + 40 * 24 * hour;
        const grid = base + Math.ceil((at + 1 - base) / hour) * hour;
        for (const then of [at, grid, grid + 5 * hour, grid + half, grid + 3 * half, until - hour, until - 1])
          if (then >= at && then < until)
            expect(`${then}: ${truthOf(rule, oracle, ada, then)}`).toBe(`${then}: ${truth}`);
        if (validUntil === null) break;
        met.ends += 1;
        at = step % 3 === 2 ? validUntil - 1 : validUntil;
      }
    }),
    { numRuns: 400, interruptAfterTimeLimit: 2_000 },
  );
  expect(Math.min(met.true, met.false, met.ends)).toBeGreaterThan(0);
});
