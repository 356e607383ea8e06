import type { Condition } from "./mapping.ts";
import { cellText } from "./row.ts";

export type RowTest = (cells: readonly string[]) => boolean;

/** Holds when every condition does. `columnIndex` gives a column's place, or -1 for an optional one that is not there. */
export function rowTest(conditions: readonly Condition[], columnIndex: (column: string) => number): RowTest {
  const tests = conditions.map(condition => {
    const index = columnIndex(condition.column);
    const holds = textTest(condition);
    return (cells: readonly string[]) => holds(cellText(cells[index]));
  });
  return cells => tests.every(test => test(cells));
}

function textTest(condition: Condition): (text: string) => boolean {
  if (condition.equals !== undefined) return text => text === condition.equals;
  if (condition.empty !== undefined) return text => (text === "") === condition.empty;
  const { in: wanted, notIn = [] } = condition;
  return wanted === undefined ? text => !notIn.includes(text) : text => wanted.includes(text);
}
