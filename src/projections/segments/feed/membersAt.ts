import { LRUCache } from "lru-cache";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { bitsAfter } from "./memberBits.ts";
import type { SegmentFlip, SegmentTables } from "./segmentTables.ts";

/**
 * Members as of a change, by row, lowest bit of each byte first; not to be changed. Throws RangeError for a segment that never stood
 * and for a sequence that it has not reached.
 */
export type MembersAt = (id: SegmentId, sequence: number) => Uint8Array;

/** How much is remembered, in bytes. */
const capacity = 64_000_000;

/** What a generation's readers remember of members, for all their sessions: of one sequence they are the same for ever. */
export type MembersMemory = {
  readonly recall: (id: SegmentId, sequence: number) => Uint8Array | null;
  /** The sequence nearest to one among those remembered, up to `end`: this session may not see what came after. */
  readonly nearest: (id: SegmentId, sequence: number, end: number) => number | null;
  readonly keep: (id: SegmentId, sequence: number, bits: Uint8Array) => void;
};

export function createMembersMemory(): MembersMemory {
  const sequences = new Map<SegmentId, Set<number>>();
  const images = new LRUCache<string, { readonly id: SegmentId; readonly sequence: number; readonly bits: Uint8Array }>(
    {
      maxSize: capacity,
      sizeCalculation: ({ bits }) => bits.length + 200,
      dispose: ({ id, sequence }) => sequences.get(id)?.delete(sequence),
    },
  );
  const keyOf = (id: SegmentId, sequence: number): string => `${id} ${sequence}`;
  return {
    recall: (id, sequence) => images.get(keyOf(id, sequence))?.bits ?? null,
    nearest: (id, sequence, end) => {
      let nearest: number | null = null;
      for (const known of sequences.get(id) ?? [])
        if (known <= end && (nearest === null || Math.abs(known - sequence) < Math.abs(nearest - sequence)))
          nearest = known;
      return nearest;
    },
    keep: (id, sequence, bits) => {
      images.set(keyOf(id, sequence), { id, sequence, bits });
      const known = sequences.get(id) ?? new Set();
      sequences.set(id, known.add(sequence));
    },
  };
}

/** From the nearest members that are stored or remembered, by the changes in between, forwards or backwards. */
export function membersAtOf(tables: SegmentTables, memory: MembersMemory | null = null): MembersAt {
  return (id, sequence) => {
    const end = tables.standingOf(id)?.sequence;
    if (end === undefined) throw new RangeError(`segment ${id} never stood`);
    if (sequence > end || sequence < 0) throw new RangeError(`segment ${id} is at ${end}, not at ${sequence}`);
    const known = memory?.recall(id, sequence) ?? null;
    if (known !== null) return known;
    const bits = derive(tables, memory, id, sequence, end);
    memory?.keep(id, sequence, bits);
    return bits;
  };
}

function derive(
  tables: SegmentTables,
  memory: MembersMemory | null,
  id: SegmentId,
  sequence: number,
  end: number,
): Uint8Array {
  const stored = tables.image(id, sequence);
  if (stored === null) throw new RangeError(`segment ${id} never stood`);
  const near = memory?.nearest(id, sequence, end) ?? null;
  const remembered = near === null ? null : (memory?.recall(id, near) ?? null);
  const [from, bits] =
    near !== null && remembered !== null && Math.abs(near - sequence) <= sequence - stored.sequence
      ? [near, remembered]
      : [stored.sequence, stored.bits];
  if (from === sequence) return bits;
  if (from < sequence) return bitsAfter(bits, tables.flipsAfter(id, from, sequence - from));
  // Whoever entered was no member before. A row may be among them twice: the first of its changes is undone last.
  return bitsAfter(
    bits,
    tables
      .flipsAfter(id, sequence, from - sequence)
      .map(undone)
      .reverse(),
  );
}

const undone = ([row, entered]: SegmentFlip): SegmentFlip => [row, !entered];
