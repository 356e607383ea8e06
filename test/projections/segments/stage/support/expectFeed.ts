import { expect } from "vitest";
import type { ReadModelStore } from "../../../../../src/projections/readModelStore.ts";
import { countBits, hasBit } from "../../../../../src/projections/segments/feed/memberBits.ts";
import { membersAtOf } from "../../../../../src/projections/segments/feed/membersAt.ts";

/** Each segment's changes follow one another without a gap, and nobody enters or leaves twice. */
export function expectFeed({ segments, tags }: ReadModelStore): void {
  for (const { id, sequence, size } of segments.standing()) {
    const base = segments.base(id);
    if (base === null) throw new Error(`${id} has no base`);
    const members = new Set<number>();
    for (let row = 0; row < tags.customerCount(); row += 1) if (hasBit(base, row)) members.add(row);
    const feed = segments.feedAfter(id, 0, 1_000_000);
    expect(feed.map(change => change.sequence)).toEqual(feed.map((_, index) => index + 1));
    expect(feed.length).toBe(sequence);
    let [position, at] = [0, 0];
    for (const { row, kind, customerId, ...change } of feed) {
      expect(members.has(row), `${id} ${kind} ${row}`).toBe(kind === "exited");
      if (kind === "entered") members.add(row);
      else members.delete(row);
      expect(customerId).toBe(tags.idAt(row));
      expect(change.at).toBeGreaterThanOrEqual(at);
      at = change.at;
      position = Math.max(position, change.position);
    }
    expect(position).toBeLessThanOrEqual(tags.position());
    expect(size).toBe(members.size);
    const bits = membersAtOf(segments)(id, sequence);
    expect(countBits(bits)).toBe(members.size);
    for (const row of members) expect(hasBit(bits, row)).toBe(true);
  }
}
