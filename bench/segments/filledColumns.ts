import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../src/projections/segments/columns/createColumns.ts";
import { type BenchTag, benchCustomer } from "./table.ts";

/** Made-up customers with a value of every tag. They are placed first: whoever becomes live is counted in every column there is. */
export function filledColumns(tags: readonly BenchTag[], customers: number): Columns {
  const columns = createColumns();
  for (let row = 0; row < customers; row += 1) columns.place(row, benchCustomer(row));
  for (const { code, type, valueAt } of tags) {
    columns.add(code, type);
    for (let row = 0; row < customers; row += 1) columns.write(code, row, valueAt(row));
  }
  return columns;
}
