import type { Plan } from "../../../../domain/segment/plan.ts";
import { sameValue, type TagValue } from "../../../../domain/tag/tagValue.ts";
import { firstCode } from "../coding.ts";
import { type Column, isNumeric } from "../column.ts";
import { type DictionaryKey, keyOf } from "../dictionary.ts";
import type { Side } from "../kernels/kernels.ts";
import { valueAt } from "../readValue.ts";
import { bitBytesPerBlock } from "../sharedBlocks.ts";
import { nobody, outsideBitsLeaf } from "./bitsLeaf.ts";
import type { ColumnsView } from "./columnsView.ts";
import { liveBits } from "./liveBits.ts";
import type { Leaf } from "./node.ts";
import { perShard } from "./perShard.ts";
import { rowsOf } from "./rowsOf.ts";

type Operator = Extract<Plan, { kind: "compare" }>["operator"];
/** 1: less passes, 2: equal, 4: more. */
const passing: Record<Operator, number> = { "=": 2, "!=": 5, "<": 1, "<=": 3, ">": 4, ">=": 6 };

/** Two columns row by row: numbers as they are, other values by their rank among those of both. */
export function compareLeaf(view: ColumnsView, left: Column, operator: Operator, right: Column, flip: 0 | -1): Leaf {
  if (sortOf(left) !== sortOf(right)) return nobody(view, flip);
  if (left.type.kind === "set") return outsideBitsLeaf(view, sameSets(view, left, operator, right), flip);
  const numbers = isNumeric(left.type) ? [numberOf, numberOf] : ranks(left, right, operator);
  const [leftTable, rightTable] = [left, right].map((column, index) => {
    const number = numbers[index] as NumberOf;
    return perShard(block => tableOf(view, column, block, number));
  }) as [(block: number) => number, (block: number) => number];
  return {
    kind: "leaf",
    share: 0.5,
    cost: 25,
    run: (block, into, mask, or) => {
      const kernels = view.kernels(block);
      if ((left.codes[block] ?? 0) === 0 || (right.codes[block] ?? 0) === 0)
        return kernels.rowBits(0, flip, into, mask, or) !== 0;
      const sides = [...sideOf(left, block, leftTable), ...sideOf(right, block, rightTable)] as [...Side, ...Side];
      return kernels.compareNumbers(...sides, passing[operator], flip, into, mask, or) !== 0;
    },
  };
}

/** Sets are the same or not, and have no order. */
function sameSets(view: ColumnsView, left: Column, operator: Operator, right: Column): Uint8Array {
  const bits = new Uint8Array(view.blocks() * bitBytesPerBlock);
  for (const row of rowsOf(liveBits(view), 0)) {
    const [a, b] = [valueAt(view.shards, left, row), valueAt(view.shards, right, row)];
    if (a === null || a === undefined || b === null || b === undefined) continue;
    const passes = sameValue(a, b) ? operator === "=" || operator === "<=" || operator === ">=" : operator === "!=";
    if (passes) bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
  }
  return bits;
}

const sortOf = ({ type }: Column): string =>
  isNumeric(type) ? "number" : type.kind === "enumeration" ? "text" : type.kind;

type NumberOf = (value: NonNullable<TagValue>) => number;
const numberOf: NumberOf = value => value as number;

function sideOf(column: Column, block: number, table: (block: number) => number): Side {
  const { coding } = column;
  const codes = column.codes[block] as number;
  const exact = column.exact[block] ?? 0;
  if (coding.kind === "direct") return [codes, exact, 0, 0, 0, table(block)];
  if (coding.kind === "frequent") return [codes, exact, 3, 0, 0, table(block)];
  if (coding.kind === "members") throw new TypeError(`${column.code} is of sets, which have no side`);
  if (coding.format.kind === "f64") return [codes, exact, 2, 0, 0, 0];
  return [codes, exact, 1, coding.format.base, coding.format.scale, 0];
}

/** Numbers of 64 bits by code, or ranks of 32 bits by id. */
function tableOf(view: ColumnsView, column: Column, block: number, number: NumberOf): number {
  const { values } = column.dictionary;
  const shard = view.shard(block);
  if (column.coding.kind === "direct") {
    const offset = view.kernels(block).room(256 * 8);
    values.forEach((value, id) => {
      shard.f64[(offset >>> 3) + id + firstCode] = number(value as NonNullable<TagValue>);
    });
    return offset;
  }
  const offset = view.kernels(block).room(values.length * 4);
  values.forEach((value, id) => {
    shard.u32[(offset >>> 2) + id] = number(value as NonNullable<TagValue>);
  });
  return offset;
}

function ranks(left: Column, right: Column, operator: Operator): [NumberOf, NumberOf] {
  const keys = [...new Set([...left.dictionary.ids.keys(), ...right.dictionary.ids.keys()])];
  // For sameness any numbering will do.
  if (operator !== "=" && operator !== "!=") keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const rank = new Map<DictionaryKey, number>(keys.map((key, index) => [key, index]));
  const of: NumberOf = value => rank.get(keyOf(value)) as number;
  return [of, of];
}
