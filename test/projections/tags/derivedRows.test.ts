import { expect, test } from "vitest";
import type { History } from "../../../src/projections/tags/history/history.ts";
import { createDerivedRows } from "../../../src/projections/tags/statistic/derivedRows.ts";
import { selectionPlan } from "../../../src/projections/tags/statistic/selectedRows.ts";
import { given } from "../support/facts.ts";
import { everything, toldHistory } from "./support/subjects.ts";

const plan = selectionPlan(0, ["interaction-recorded"], null);
const some = (count: number): History[] =>
  Array.from(
    { length: count },
    () => toldHistory(given({ type: "interaction-recorded", occurredAt: 1, data: { kind: "visit" } } as never)).history,
  );

test("what was derived of a history that comes back is kept from then on, and of others for a burst only", () => {
  const derived = createDerivedRows();
  const rowsOf = (history: History) => derived.rowsOf(plan, history, everything);
  const passers = (): void => {
    for (const history of some(100)) rowsOf(history);
  };
  const [regular] = some(1) as [History];
  const first = rowsOf(regular);
  expect(first.length).toBe(1);
  expect(rowsOf(regular)).toBe(first);
  passers();
  const second = rowsOf(regular);
  expect(second).not.toBe(first);
  expect(second.length).toBe(1);
  passers();
  passers();
  expect(rowsOf(regular)).toBe(second);
});
