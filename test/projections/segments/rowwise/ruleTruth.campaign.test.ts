import fc from "fast-check";
import { expect, test } from "vitest";
import { compileRule } from "../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../src/projections/segments/rowwise/surroundings.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { type Oracle, truthOf } from "./oracle.ts";
import { localRule } from "./support/localRule.ts";
import { tags } from "./support/tags.ts";
import { anyBase, anyEdge, anyFacts, createWorld, eventsOf, half, people } from "./support/world.ts";

const everything = Number.POSITIVE_INFINITY;
const program = compileTags(tags);
const [ada] = people;

const around = (at: number): number[] => [at - 1, at, at + 1];
const asked = (maxDepth: number, maxLength: number) =>
  anyBase.chain(base =>
    fc.record({
      base: fc.constant(base),
      rule: localRule(base, maxDepth),
      facts: anyFacts(maxLength),
      edges: fc.array(anyEdge, { minLength: 1, maxLength: 4 }),
    }),
  );

test("a rule says of a customer what the raw facts say, to the millisecond, as facts come in any order", () =>
  fc.assert(
    fc.property(asked(2, 14), fc.nat({ max: 14 }), ({ base, rule, facts, edges }, stop) => {
      const events = eventsOf(facts, base);
      const world = createWorld();
      const ask = compileRule(rule, surroundingsOf(program, null));
      const instants = edges.flatMap(edge => around(base + edge));
      const agree = (oracle: Oracle, known: number): void => {
        for (const at of instants)
          expect(`${at} ${ask(world.subject, { at, known }).truth}`).toBe(`${at} ${truthOf(rule, oracle, ada, at)}`);
      };
      const oracleOf = (some: typeof events): Oracle => ({ events: some, people, tags });
      for (const event of events.slice(0, stop)) world.tell(event);
      agree(oracleOf(events.slice(0, stop)), everything);
      for (const event of events.slice(stop)) world.tell(event);
      agree(oracleOf(events), everything);
      agree(oracleOf(events.slice(0, stop)), stop);
    }),
    { numRuns: 1500, interruptAfterTimeLimit: 20_000 },
  ));

test("until a rule has to be asked again its truth stays what it was", () =>
  fc.assert(
    fc.property(asked(2, 14), ({ base, rule, facts, edges }) => {
      const oracle: Oracle = { events: eventsOf(facts, base), people, tags };
      const world = createWorld();
      for (const event of oracle.events) world.tell(event);
      const ask = compileRule(rule, surroundingsOf(program, null));
      for (const at of edges.flatMap(edge => around(base + edge))) {
        const { truth, validUntil } = ask(world.subject, { at, known: everything });
        const until = validUntil ?? at + 400 * 2 * half;
        expect(until).toBeGreaterThan(at);
        const next = base + Math.ceil((at + 1 - base) / half) * half;
        const later = [0, 1, 2, 3, 5, 8, 13, 21, 40].flatMap(halves => [
          next + halves * half,
          next + halves * half - 3_600_000,
        ]);
        for (const then of [...later, until - 1])
          if (then > at && then < until)
            expect(`${then} ${truthOf(rule, oracle, ada, then)} until ${until}`).toBe(
              `${then} ${truth} until ${until}`,
            );
      }
    }),
    { numRuns: 500, interruptAfterTimeLimit: 20_000 },
  ));
