import { isNumeric } from "../column.ts";
import type { Entry, Layout } from "../layout.ts";

/** The shortest story by which a layout comes to be what it is, but for its chunks. */
export function layoutEntries(layout: Layout): Entry[] {
  const entries: Entry[] = [];
  for (const column of layout.columns.values()) {
    const { slot, coding, dictionary } = column;
    entries.push(["column", slot, column.code, column.type, 0]);
    if (dictionary.values.length > 0)
      entries.push(["values", slot, dictionary.values as NonNullable<unknown>[] as never]);
    if (coding.kind === "members") entries.push(["byMembers", slot]);
    if (coding.kind === "frequent") entries.push(["frequent", slot, coding.ids]);
    if (coding.kind === "sketch") entries.push(["sketch", slot, [...coding.cuts], coding.format]);
    if (!isNumeric(column.type) && column.members.size > 0) entries.push(["members", slot, [...column.members.keys()]]);
  }
  for (const { slot, name } of layout.bits.values()) entries.push(["bits", slot, name]);
  return entries;
}
