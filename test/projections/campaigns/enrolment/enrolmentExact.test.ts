import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnrolmentRule } from "../../../../src/domain/effect/enrolmentRule.ts";
import { enrolmentOf } from "../../../../src/domain/effect/enrolmentTag.ts";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { campaign } from "../../support/campaign.ts";
import { given } from "../../support/facts.ts";
import { everything, subjectOf, toldHistory } from "../../tags/support/subjects.ts";
import { asTruth } from "./support/asTruth.ts";
import { campaignFacts } from "./support/campaignLife.ts";
import { enrolmentTruth } from "./support/enrolmentTruth.ts";
import { day, springLoans } from "./support/springLoans.ts";

const tag = enrolmentOf(springLoans());
const rule = tag.definition.rule as EnrolmentRule;
const program = compileTags([tag]);
const enrolmentAt = (history: ReturnType<typeof toldHistory>["history"], at: number, known = everything) => {
  const { value, validUntil } = program.evaluate(tag.code, subjectOf(history), { at, known });
  return { value: value as string | null, validUntil };
};

const moments = fc.array(
  fc.record({ at: fc.integer({ min: -4, max: 12 }).map(days => days * day), known: fc.option(fc.nat({ max: 60 })) }),
  { minLength: 1, maxLength: 4 },
);

test("an enrolment is, at any instant and as known at any position, what the raw facts say, and holds as long as it says", () =>
  fc.assert(
    fc.property(campaignFacts(["ada"], 60), moments, (facts, moments) => {
      const events = given(...(facts as never[])) as RecordedEvent[];
      const { history } = toldHistory(events);
      for (const { at, known: upTo } of moments) {
        const known = upTo ?? everything;
        const truth = (at: number) => enrolmentTruth(events, rule, { at, known });
        const { value, validUntil } = enrolmentAt(history, at, known);
        expect(asTruth(value)).toEqual(truth(at));
        const end = validUntil ?? at + 1000 * day;
        expect(end).toBeGreaterThan(at);
        expect(truth(end - 1)).toEqual(truth(at));
        const { value: again } = enrolmentAt(history, end - 1, known);
        expect(again).toBe(value); // the same state, the same text
      }
    }),
    campaign(300),
  ));

test("it stays exact while facts keep coming", () =>
  fc.assert(
    fc.property(campaignFacts(["ada"], 40), fc.integer({ min: 0, max: 9 }), (facts, days) => {
      const events = given(...(facts as never[])) as RecordedEvent[];
      const { history, tell } = toldHistory();
      for (const [index, event] of events.entries()) {
        tell(event);
        const truth = enrolmentTruth(events.slice(0, index + 1), rule, { at: days * day, known: everything });
        expect(asTruth(enrolmentAt(history, days * day).value)).toEqual(truth);
      }
    }),
    campaign(100),
  ));
