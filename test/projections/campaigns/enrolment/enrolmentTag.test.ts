import { expect, test } from "vitest";
import { enrolmentOf, isEnrolment, kpisOf } from "../../../../src/domain/effect/enrolmentTag.ts";
import { conditionNamed, conditionOf, isCondition } from "../../../../src/domain/segment/conditions.ts";
import { compileTags } from "../../../../src/projections/tags/evaluation/tagProgram.ts";
import { given } from "../../support/facts.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";
import { asTruth } from "./support/asTruth.ts";
import { day, kpis, springLoans } from "./support/springLoans.ts";

const code = (...campaign: Parameters<typeof springLoans>) => enrolmentOf(springLoans(...campaign)).code;

test("the tag is hidden, and its code gives it back", () => {
  const tag = enrolmentOf(springLoans());
  expect(isCondition(tag.code)).toBe(true);
  expect(isEnrolment(tag.code)).toBe(true);
  expect(conditionNamed(tag.code)).toEqual(tag);
  expect(isEnrolment(conditionOf({ kind: "all", of: [] }).code)).toBe(false);
});

test("its code is another one exactly when something else is counted", () => {
  const [first, second, third] = kpis as [(typeof kpis)[0], (typeof kpis)[0], (typeof kpis)[0]];
  const { assignment } = springLoans().versions[0]!.definition;
  const same = [
    code({ name: "Other", budget: { money: null, contacts: 1 }, channels: [], owner: "bo", description: "x" }),
    code({ kpis: [{ ...first, name: "Other", code: "other", margin: 1 }, second, third] }),
    code({ kpis: [first, second] }, [third]),
    code({}, [first]), // of the same code as one that the definition has
    code({ assignment: { ...assignment, salt: "t" } }),
  ];
  const other = [
    code({ kpis: [first, second] }),
    code({ kpis: [first, third, second] }),
    code({}, [{ ...third, code: "more" }]),
    code({ kpis: [{ ...first, prePeriod: null }, second, third] }),
    code({ outcomeWindow: day }),
    code({ zone: "UTC" }),
    code({ assignment: { ...assignment, version: 2 } }),
  ];
  expect(new Set(same)).toEqual(new Set([code()]));
  expect(new Set([code(), ...other]).size).toBe(other.length + 1);
  expect(kpisOf(springLoans({ kpis: [first] }, [first, third])).map(({ code }) => code)).toEqual(["bought", "seen"]);
});

test("outcomes count from the very instant of the assignment until just before the window's end, and before it the pre-period", () => {
  const bought = (occurredAt: number) => ({
    ...{ type: "transaction-posted", occurredAt },
    data: { account: "a", direction: "debit", amount: { minorUnits: 100, currency: "CZK" } },
  });
  const times = [-2 * day - 1, -2 * day, -1, 0, 4 * day - 1, 4 * day];
  const assigned = { type: "campaign-assigned", occurredAt: 0, data: { campaignId: "spring-loans", arm: "a" } };
  const ada = adaWith(given(...([assigned, ...times.map(bought)] as never[])));
  const tag = enrolmentOf(springLoans());
  const program = compileTags([tag]);
  const at = (at: number) => program.explain(tag.code, ada, { at, known: everything });
  const spent = (when: number) => asTruth(at(when).value as string)?.outcomes[1];
  expect(spent(0)).toEqual({ facts: 1, y: 100, x: 200 });
  expect(spent(4 * day - 1)).toEqual({ facts: 2, y: 200, x: 200 });
  expect(spent(9 * day)).toEqual({ facts: 2, y: 200, x: 200 });
  expect(at(0).nextChange).toBe(4 * day - 1);
  expect(at(9 * day).validUntil).toBeNull();
  expect(at(9 * day).evidence.positions).toEqual([1, 5, 6]);
  expect(at(-1)).toMatchObject({ value: null, nextChange: 0 });
});
