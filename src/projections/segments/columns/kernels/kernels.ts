import { type Shard, scratchBytes, scratchOf } from "../shard.ts";
import { bitBytesPerBlock } from "../sharedBlocks.ts";
import { kernelBytes } from "./kernelBytes.ts";

/** Of `assembly/columnKernels.ts`, where each is described. Pointers are offsets in the shard's memory. */
type Exports = {
  readonly equalCode: (codes: number, code: number, ...how: How) => number;
  readonly fourCodes: (codes: number, one: number, two: number, three: number, four: number, ...how: How) => number;
  readonly codeRange: (codes: number, low: number, span: number, ...how: How) => number;
  readonly codeTable: (codes: number, table: number, ...how: How) => number;
  readonly rowBits: (rows: number, ...how: How) => number;
  readonly range32: (codes: number, exact: number, ...range: [...NumberRange, ...How]) => number;
  readonly range64Bit: (codes: number, exact: number, ...range: [...NumberRange, ...How]) => number;
  readonly numberRanges: (
    codes: number,
    exact: number,
    wide: number,
    table: number,
    lookTable: number,
    bounds: number,
    count: number,
    ...how: How
  ) => number;
  readonly idTruth: (codes: number, ids: number, table: number, rest: number, truth: number, ...how: How) => number;
  readonly compareNumbers: (...all: [...Side, ...Side, when: number, ...How]) => number;
  readonly countRows: (rows: number) => number;
  readonly countBoth: (rows: number, others: number) => number;
  readonly countAmong: (rows: number, some: number, others: number, into: number) => void;
  readonly spreadPlaces: (list: number, into: number) => void;
  readonly pairRows: (some: number, others: number, into: number) => void;
  readonly countListed: (list: number, pairs: number, into: number) => void;
  readonly tallyCodes: (codes: number, rows: number, counts: number) => void;
  readonly sampleBuckets: (
    ids: number,
    rows: number,
    text: number,
    length: number,
    buckets: number,
    into: number,
  ) => void;
};
export type How = [flip: 0 | -1, into: number, mask: number, or: 0 | 1];
type NumberRange = [low: number, span: number, edge: number, otherEdge: number, from: number, to: number];
export type Side = [codes: number, exact: number, kind: number, base: number, scale: number, table: number];

/** The kernels over one shard, with room to work in. */
export type Kernels = Exports & {
  /** A bitset of one block for each depth of nesting. */
  readonly temporary: (depth: number) => number;
  /** Room until the next `clear`, aligned to 16 bytes. */
  readonly room: (bytes: number) => number;
  readonly clear: () => void;
};

const temporaries = 512;
let compiled: WebAssembly.Module | null = null;

/** `thread`: no two threads that run kernels at the same time have the same number. */
export function openKernels(shard: Shard, thread: number): Kernels {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, "base64"));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: shard.memory } });
  const from = scratchOf(thread);
  const roomFrom = from + temporaries * bitBytesPerBlock;
  let next = roomFrom;
  return {
    ...(exports as Exports),
    temporary: depth => {
      if (depth >= temporaries) throw new RangeError(`a rule is nested deeper than ${temporaries}`);
      return from + depth * bitBytesPerBlock;
    },
    room: bytes => {
      const given = next;
      next += (bytes + 15) & ~15;
      if (next > from + scratchBytes) throw new RangeError("a rule needs larger tables than there is room for");
      return given;
    },
    clear: () => {
      next = roomFrom;
    },
  };
}
