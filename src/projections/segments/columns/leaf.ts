import type { ColumnTest } from "../../../domain/segment/plan.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import type { Column } from "./column.ts";
import { isHolder } from "./holders.ts";
import { codeAt, idAt, numberAt } from "./readValue.ts";
import type { Shard } from "./shard.ts";
import { isWithin, passes } from "./testValue.ts";
import { isTrue, look, truthTable } from "./truthTable.ts";

const unknown = 3;

/** A test of one row at a time. Values that come into the dictionary later are tested when they are first met. */
export function openLeaf(shards: readonly Shard[], column: Column, test: ColumnTest): (row: number) => boolean {
  const holds = passes(test);
  let epoch = -1;
  let known = 0;
  let table = new Uint8Array(256);
  let byId = new Uint8Array(0);

  const refresh = (): void => {
    if (column.epoch === Number.POSITIVE_INFINITY) throw new Error(`the column ${column.code} was dropped`);
    table = truthTable(column, test);
    if (column.epoch !== epoch) byId = new Uint8Array(0);
    epoch = column.epoch;
    known = column.dictionary.values.length;
  };
  const lookAt = (row: number, code: number): boolean => {
    if (column.coding.kind === "sketch")
      return test.kind === "within" && isWithin(test.ranges, numberAt(shards, column, row));
    if (column.coding.kind === "members") return looksAtMembers(row);
    const id = idAt(shards, column, row, code);
    if (id >= byId.length) {
      const grown = new Uint8Array(Math.max(256, id + 1, byId.length * 2)).fill(unknown, byId.length);
      grown.set(byId);
      byId = grown;
    }
    if (byId[id] === unknown) byId[id] = Number(holds(column.dictionary.values[id] as NonNullable<TagValue>));
    return byId[id] === isTrue;
  };
  const looksAtMembers = (row: number): boolean => {
    const holdsMember = (member: string): boolean => {
      const holders = column.members.get(member);
      return holders !== undefined && isHolder(shards, holders, row);
    };
    if (test.kind === "holdsAny") return test.values.some(holdsMember);
    return test.kind === "holdsAll" && test.values.every(holdsMember);
  };
  refresh();

  return row => {
    if (column.epoch !== epoch || (column.coding.kind === "direct" && column.dictionary.values.length !== known))
      refresh();
    const code = codeAt(shards, column, row);
    const truth = table[code] as number;
    return truth === look ? lookAt(row, code) : truth === isTrue;
  };
}
