import { dateReader } from "./dateFormat.ts";
import type { FactMapper } from "./factMapper.ts";
import type { FileSpec } from "./mapping.ts";
import { cellText } from "./row.ts";
import type { Scope } from "./scope.ts";

/**
 * For files in date order whose dates lack the year: it begins with `firstYear` and grows whenever the month falls. The
 * year stands in one more cell at the row's end. A month that cannot be read leaves the cell empty.
 */
export function addYear(
  mappers: readonly FactMapper[],
  { month, format = "MM", firstYear }: NonNullable<FileSpec["withoutYear"]>,
  scope: Scope,
): FactMapper[] {
  const index = scope.columnIndex(month);
  const readMonth = dateReader(format);
  let year = firstYear;
  let lastMonth = 0;
  let lastRow: readonly string[] | null = null;
  let cellsWithYear: readonly string[] = [];
  const withYear = (cells: readonly string[]) => {
    if (cells === lastRow) return cellsWithYear;
    lastRow = cells;
    const current = readMonth(cellText(cells[index]))?.month;
    if (current !== undefined) {
      if (current < lastMonth) year++;
      lastMonth = current;
    }
    cellsWithYear = [...cells, current === undefined ? "" : String(year).padStart(4, "0")];
    return cellsWithYear;
  };
  return mappers.map(mapper => cells => mapper(withYear(cells)));
}
