/**
 * Memory of 2^20 rows. The views are taken anew when it has grown, which another thread may have done: they always cover what was
 * told of by the time of `refreshViews`.
 */
export type Shard = {
  readonly memory: WebAssembly.Memory;
  u8: Uint8Array;
  u16: Uint16Array;
  i32: Int32Array;
  u32: Uint32Array;
  f64: Float64Array;
};

const page = 65_536;
/** Before it nothing is ever stored, so that 0 can say "no chunk". */
const scratchFrom = page;
/** What kernels work in, for each of the threads that may run them; memory that is never touched costs nothing. */
export const scratchBytes = 128 * 1024 * 1024;
export const threads = 3;
export const scratchOf = (thread: number): number => scratchFrom + thread * scratchBytes;
export const chunksFrom = scratchFrom + threads * scratchBytes;
export const maximumPages = 65_536;

export function createShard(): Shard {
  return openShard(new WebAssembly.Memory({ initial: chunksFrom / page, maximum: maximumPages, shared: true }));
}

export function openShard(memory: WebAssembly.Memory): Shard {
  const shard = { memory } as Shard;
  refreshViews(shard);
  return shard;
}

export function refreshViews(shard: Shard): void {
  const { buffer } = shard.memory;
  if (shard.u8?.buffer.byteLength === buffer.byteLength) return;
  shard.u8 = new Uint8Array(buffer);
  shard.u16 = new Uint16Array(buffer);
  shard.i32 = new Int32Array(buffer);
  shard.u32 = new Uint32Array(buffer);
  shard.f64 = new Float64Array(buffer);
}
