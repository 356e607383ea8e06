import { firstCode } from "../coding.ts";
import type { Column } from "../column.ts";
import { idAt } from "../readValue.ts";
import { setOf } from "../setMembers.ts";
import { bitBytesPerBlock, rowsPerBlock } from "../sharedBlocks.ts";
import type { Members } from "./around.ts";
import type { ColumnsView } from "./columnsView.ts";
import { liveBits } from "./liveBits.ts";
import type { PortraitPart } from "./portrait.ts";
import { rowsOf } from "./rowsOf.ts";

const most = 254;

/** Members of a set column by how many hold them, most first; beyond the most frequent ones, how many hold any of the others. */
export function memberPortrait(
  view: ColumnsView,
  column: Column,
  inside: Members,
  codesInside: Float64Array,
): PortraitPart[] {
  if (column.coding.kind === "members") return byHolders(view, column, inside);
  const direct = column.coding.kind === "direct";
  const within = direct ? byCode(column, codesInside) : setsOf(view, column, inside.bits);
  const all = direct ? byCode(column, view.counts(column)) : setsOf(view, column, liveBits(view));
  const held = new Map<string, { inside: number; everyone: number }>();
  all.forEach((everyone, id) => {
    if (everyone === 0) return;
    for (const member of setOf(column, id)) {
      const before = held.get(member);
      if (before === undefined) held.set(member, { inside: within[id] as number, everyone });
      else {
        before.inside += within[id] as number;
        before.everyone += everyone;
      }
    }
  });
  const ordered = [...held].toSorted(([, a], [, b]) => b.everyone - a.everyone);
  const parts = ordered
    .slice(0, most)
    .map(([value, counts]): PortraitPart => ({ of: { kind: "value", value: [value] }, ...counts }));
  const others = new Set(ordered.slice(most).map(([member]) => member));
  if (others.size > 0) {
    const rest = { inside: 0, everyone: 0 };
    all.forEach((everyone, id) => {
      if (everyone === 0 || !setOf(column, id).some(member => others.has(member))) return;
      rest.inside += within[id] as number;
      rest.everyone += everyone;
    });
    parts.push({ of: { kind: "others" }, ...rest });
  }
  return parts;
}

function byHolders(view: ColumnsView, column: Column, inside: Members): PortraitPart[] {
  const held = new Map([...column.members.keys()].map(member => [member, { inside: 0, everyone: 0 }]));
  view.layout.live.forEach((live, block) => {
    if (live === 0) return;
    const kernels = view.kernels(block);
    const rows = kernels.temporary(0);
    view.shard(block).u8.set(inside.bits.subarray(block * bitBytesPerBlock, (block + 1) * bitBytesPerBlock), rows);
    const into = kernels.temporary(1);
    // It takes the room of two bitsets.
    const pairs = kernels.temporary(2);
    kernels.pairRows(rows, live, pairs);
    const { i32 } = view.shard(block);
    for (const [member, { bits, lists }] of column.members) {
      const [chunk, list] = [bits[block] ?? 0, lists[block] ?? 0];
      if (chunk === 0 && list === 0) continue;
      const counts = held.get(member) as { inside: number; everyone: number };
      i32.fill(0, into >>> 2, (into >>> 2) + 2);
      if (list === 0) kernels.countAmong(chunk, rows, live, into);
      else kernels.countListed(list, pairs, into);
      counts.inside += i32[into >>> 2] as number;
      counts.everyone += i32[(into >>> 2) + 1] as number;
    }
  });
  return [...held]
    .filter(([, { everyone }]) => everyone > 0)
    .toSorted(([, a], [, b]) => b.everyone - a.everyone)
    .map(([value, counts]) => ({ of: { kind: "value", value: [value] }, ...counts }));
}

/** Where each value has a code of its own, how many rows have which is counted already. */
const byCode = (column: Column, counts: Float64Array | Uint32Array): Uint32Array =>
  Uint32Array.from(column.dictionary.values, (_, id) => counts[id + firstCode] as number);

/** How many of the rows have each value of the dictionary. */
function setsOf(view: ColumnsView, column: Column, bits: Uint8Array): Uint32Array {
  const counts = new Uint32Array(column.dictionary.values.length);
  column.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    const { u8 } = view.shard(block);
    const from = block * rowsPerBlock;
    for (const place of rowsOf(bits.subarray(block * bitBytesPerBlock, (block + 1) * bitBytesPerBlock), 0)) {
      const code = u8[chunk + place] as number;
      if (code < firstCode) continue;
      const id = idAt(view.shards, column, from + place, code);
      counts[id] = (counts[id] as number) + 1;
    }
  });
  return counts;
}
