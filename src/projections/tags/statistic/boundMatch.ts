import type { JsonScalar } from "../../../domain/json.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { FactTable } from "../history/history.ts";
import { factMatch } from "./factMatch.ts";

export type BoundMatch = (row: number) => boolean;

/** `factMatch` for many rows of one table: columns and codes are looked up once. To be used before the table changes. */
export function bindMatch(filter: FactFilter, table: FactTable): BoundMatch {
  switch (filter.kind) {
    case "all": {
      const parts = filter.of.map(part => bindMatch(part, table));
      const [first, second] = parts;
      if (parts.length === 2 && first && second) return row => first(row) && second(row);
      return row => parts.every(part => part(row));
    }
    case "any": {
      const parts = filter.of.map(part => bindMatch(part, table));
      return row => parts.some(part => part(row));
    }
    case "not": {
      const part = bindMatch(filter.of, table);
      return row => !part(row);
    }
    case "in":
      return filter.field === "occurredAt" ? unbound(filter, table) : bindIn(filter.field, filter.values, table);
    default:
      return unbound(filter, table);
  }
}

function unbound(filter: FactFilter, table: FactTable): BoundMatch {
  const match = factMatch(filter);
  return row => match(table, row);
}

function bindIn(field: string, values: readonly JsonScalar[], table: FactTable): BoundMatch {
  const column = table.column(field);
  if (column === null) return () => false;
  if (column.kind === "numbers") {
    const { numbers } = column;
    return row => values.includes(numbers[row] as number) && !Number.isNaN(numbers[row]);
  }
  const { codes } = column;
  const wanted = values.map(value => column.values.indexOf(value)).filter(code => code !== -1);
  if (wanted.length === 0) return () => false;
  const [only] = wanted;
  if (wanted.length === 1) return row => codes[row] === only;
  const isWanted = new Uint8Array(column.values.length);
  for (const code of wanted) isWanted[code] = 1;
  return row => isWanted[codes[row] as number] === 1;
}
