import type { CustomerId } from "../../src/domain/ids.ts";
import type { TagCode } from "../../src/domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../src/domain/tag/tagValue.ts";
import type { Columns } from "../../src/projections/segments/columns/columns.ts";
import type { Draw } from "./draw.ts";

export type BenchColumn = {
  readonly code: TagCode;
  readonly type: ValueType;
  /** A value for a customer whose wealth is `rank`, from 0 to 1: columns hang together by it, as those of a bank do. */
  readonly value: (draw: Draw, rank: number) => TagValue;
};

export const benchNow = Date.UTC(2024, 5, 30);
const dayMs = 86_400_000;

/** 70 booleans, 50 enumerations, 50 numbers and amounts, 20 dates, 10 sets. */
export const benchColumns: readonly BenchColumn[] = [
  ...columnsOf(70, "flag", { kind: "boolean" }, index => {
    const share = 0.02 + 0.9 * (index / 70) ** 2;
    return (draw, rank) => (draw.unit() < 0.05 ? null : draw.unit() < share * (0.5 + rank));
  }),
  ...Array.from({ length: 50 }, (_, index): BenchColumn => {
    const values = Array.from({ length: [3, 5, 8, 14, 40][index % 5] as number }, (_, place) => `v${place}`);
    return {
      code: `enum-${index}` as TagCode,
      type: { kind: "enumeration", values },
      value: (draw, rank) => (draw.unit() < 0.05 ? null : (values[skewed(draw, rank, values.length)] as string)),
    };
  }),
  ...columnsOf(50, "amount", { kind: "money", currency: "CZK" }, index => {
    const scale = 10 ** (2 + (index % 5));
    return (draw, rank) =>
      draw.unit() < 0.1 ? null : Math.floor(scale * Math.exp(2.5 * (rank - 0.5) + draw.unit() + draw.unit()));
  }),
  ...columnsOf(20, "date", { kind: "date", zone: "Europe/Prague" }, () => draw => {
    if (draw.unit() < 0.1) return null;
    return benchNow - Math.floor(draw.unit() ** 3 * 2000 * dayMs);
  }),
  ...columnsOf(10, "set", { kind: "set" }, () => (draw, rank) => {
    const members = Array.from({ length: draw.below(4) }, () => `p${skewed(draw, rank, 30)}`);
    return [...new Set(members)].sort();
  }),
];

function columnsOf(
  count: number,
  name: string,
  type: ValueType,
  valuesOf: (index: number) => BenchColumn["value"],
): BenchColumn[] {
  return Array.from({ length: count }, (_, index) => ({
    code: `${name}-${index}` as TagCode,
    type,
    value: valuesOf(index),
  }));
}

/** Low places are frequent, and higher ones those of the wealthy. */
const skewed = (draw: Draw, rank: number, places: number): number =>
  Math.min(places - 1, Math.floor((0.7 * draw.unit() ** 2 + 0.3 * rank) * places));

export function fillTable(columns: Columns, customers: number, draw: Draw): void {
  for (const { code, type } of benchColumns) columns.add(code, type);
  const ranks = Float64Array.from({ length: customers }, () => draw.unit());
  for (let row = 0; row < customers; row += 1) columns.place(row, `c${String(row).padStart(25, "0")}` as CustomerId);
  for (const { code, value } of benchColumns)
    for (let row = 0; row < customers; row += 1) {
      const drawn = value(draw, ranks[row] as number);
      if (drawn !== null) columns.write(code, row, drawn);
    }
}
