import type { ColumnTest, Range } from "../../../../domain/segment/plan.ts";
import { restCode } from "../coding.ts";
import type { Column } from "../column.ts";
import type { Holders } from "../holders.ts";
import { isTrue, look, type TruthTable, truthTable } from "../truthTable.ts";
import { holdersLeaf, nobody } from "./bitsLeaf.ts";
import type { ColumnsView } from "./columnsView.ts";
import type { TruthsById } from "./idTruths.ts";
import { all, any, type Leaf, type Node } from "./node.ts";
import { rangeOfRaw } from "./numberBounds.ts";
import { perShard } from "./perShard.ts";

/** The cheapest way to ask one test of a column; `flip` -1 for its opposite, which missing values pass. */
export function columnLeaf(
  view: ColumnsView,
  truths: TruthsById,
  column: Column,
  test: ColumnTest,
  flip: 0 | -1,
): Node {
  const byMembers = heldMembers(view, column, test, flip);
  if (byMembers !== null) return byMembers;
  const table = truthTable(column, test);
  const trueCodes = codesThat(table, isTrue);
  const lookCodes = codesThat(table, look);
  if (trueCodes.length + lookCodes.length === 0) return nobody(view, flip);
  const shares = sharesOf(view, column, trueCodes, lookCodes);
  const share = flip === 0 ? shares.passing + shares.looked / 2 : 1 - shares.passing - shares.looked / 2;
  const isRun = trueCodes.length === 0 || (trueCodes.at(-1) as number) - (trueCodes[0] as number) < trueCodes.length;
  const leaf = (cost: number, run: Leaf["run"]): Leaf => ({
    kind: "leaf",
    share,
    cost: cost + shares.looked * 30,
    run: (block, into, mask, or) =>
      (column.codes[block] ?? 0) === 0
        ? view.kernels(block).rowBits(0, flip, into, mask, or) !== 0
        : run(block, into, mask, or),
  });
  const codes = (block: number): number => column.codes[block] as number;
  const exact = (block: number): number => column.exact[block] as number;
  const [low, span] = [trueCodes[0] ?? 0, trueCodes.length - 1];

  if (lookCodes.length === 0) {
    if (isRun && span === 0)
      return leaf(1, (block, ...how) => view.kernels(block).equalCode(codes(block), low, flip, ...how) !== 0);
    if (isRun)
      return leaf(1.1, (block, ...how) => view.kernels(block).codeRange(codes(block), low, span, flip, ...how) !== 0);
    if (trueCodes.length <= 4) {
      const [one, two, three = two, four = three] = trueCodes as [number, number, number?, number?];
      return leaf(
        1.4,
        (block, ...how) => view.kernels(block).fourCodes(codes(block), one, two, three, four, flip, ...how) !== 0,
      );
    }
    const place = tablePlace(view, trueCodes);
    return leaf(2.5, (block, ...how) => view.kernels(block).codeTable(codes(block), place(block), flip, ...how) !== 0);
  }
  const { coding } = column;
  if (coding.kind === "sketch") {
    const { format } = coding;
    const ranges = test.kind === "within" ? test.ranges : [];
    if (isRun && lookCodes.length <= 2 && ranges.length === 1) {
      const { from, to } = rangeOfRaw(format, ranges[0] as Range);
      const [edge, otherEdge] = [lookCodes[0] as number, lookCodes.at(-1) as number];
      return leaf(1.8, (block, ...how) => {
        const kernels = view.kernels(block);
        const ask = format.kind === "f64" ? kernels.range64Bit : kernels.range32;
        return ask(codes(block), exact(block), low, span, edge, otherEdge, from, to, flip, ...how) !== 0;
      });
    }
    const bounds = perShard(block => {
      const raw = ranges.map(range => rangeOfRaw(format, range)).filter(({ from, to }) => from <= to);
      const offset = view.kernels(block).room(raw.length * 16);
      const { f64 } = view.shard(block);
      raw.forEach(({ from, to }, index) => {
        f64[(offset >>> 3) + 2 * index] = from;
        // Raw numbers are whole, and so are the ends but for infinite ones.
        f64[(offset >>> 3) + 2 * index + 1] = to + 1;
      });
      return { offset, count: raw.length * 2 };
    });
    const [place, lookPlace] = [tablePlace(view, trueCodes), tablePlace(view, lookCodes)];
    return leaf(4.5, (block, ...how) => {
      const { offset, count } = bounds(block);
      const wide = format.kind === "f64" ? 1 : 0;
      const tables = [place(block), lookPlace(block)] as const;
      return (
        view.kernels(block).numberRanges(codes(block), exact(block), wide, ...tables, offset, count, flip, ...how) !== 0
      );
    });
  }
  const bytes = truths.of(column, test);
  const truth = perShard(block => {
    const offset = view.kernels(block).room(bytes.length);
    view.shard(block).u8.set(bytes, offset);
    return offset;
  });
  const place = tablePlace(view, trueCodes);
  return leaf(
    3,
    (block, ...how) =>
      view.kernels(block).idTruth(codes(block), exact(block), place(block), restCode, truth(block), flip, ...how) !== 0,
  );
}

/** A test of members, or of true and false, of which it is kept who holds them. */
function heldMembers(view: ColumnsView, column: Column, test: ColumnTest, flip: 0 | -1): Node | null {
  if (test.kind === "is") {
    const holders = column.members.get(String(test.value));
    return holders === undefined ? null : holdersLeaf(view, holders, flip);
  }
  if ((test.kind !== "holdsAny" && test.kind !== "holdsAll") || test.values.length === 0) return null;
  const asked: Holders[] = [];
  for (const value of test.values) {
    const holders = column.members.get(value);
    if (holders !== undefined) asked.push(holders);
    else if (column.coding.kind !== "members") return null;
    // A member that nobody has ever held.
    else if (test.kind === "holdsAll") return nobody(view, flip);
  }
  if (asked.length === 0) return nobody(view, flip);
  const leaves = asked.map(holders => holdersLeaf(view, holders, flip));
  return (test.kind === "holdsAny") === (flip === 0) ? any(leaves) : all(leaves);
}

function sharesOf(view: ColumnsView, column: Column, trueCodes: readonly number[], lookCodes: readonly number[]) {
  const counts = view.counts(column);
  const live = Math.max(1, view.live());
  const sum = (codes: readonly number[]): number =>
    codes.reduce((total, code) => total + (counts[code] as number), 0) / live;
  return { passing: sum(trueCodes), looked: sum(lookCodes) };
}

function codesThat(table: TruthTable, truth: number): number[] {
  const codes: number[] = [];
  for (let code = 0; code < 256; code += 1) if (table[code] === truth) codes.push(code);
  return codes;
}

/** 256 bits, where the kernels want them. */
function tablePlace(view: ColumnsView, codes: readonly number[]): (block: number) => number {
  return perShard(block => {
    const offset = view.kernels(block).room(32);
    const { u8 } = view.shard(block);
    u8.fill(0, offset, offset + 32);
    for (const code of codes) u8[offset + (code >>> 3)] = (u8[offset + (code >>> 3)] as number) | (1 << (code & 7));
    return offset;
  });
}
