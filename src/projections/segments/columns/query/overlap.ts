import { bitBytesPerBlock } from "../sharedBlocks.ts";
import type { Members } from "./around.ts";
import type { ColumnsView } from "./columnsView.ts";

/** Counts what each pair of sets has in common, block by block, so that the blocks of all sets are near while they are compared. */
export function overlap(view: ColumnsView, sets: readonly Members[]): number[][] {
  const both = sets.map(() => sets.map(() => 0));
  for (let block = 0; block < view.blocks(); block += 1) {
    view.begin();
    const kernels = view.kernels(block);
    const { u8 } = view.shard(block);
    const places = sets.map(({ bits }) => {
      const part = bits.subarray(block * bitBytesPerBlock, (block + 1) * bitBytesPerBlock);
      const place = kernels.room(bitBytesPerBlock);
      u8.set(part, place);
      u8.fill(0, place + part.length, place + bitBytesPerBlock);
      return place;
    });
    for (let i = 0; i < sets.length; i += 1)
      for (let j = i + 1; j < sets.length; j += 1) {
        const common = kernels.countBoth(places[i] as number, places[j] as number);
        (both[i] as number[])[j] = ((both[i] as number[])[j] as number) + common;
      }
  }
  return both.map((row, i) =>
    row.map((count, j) =>
      i === j ? (sets[i] as Members).count : j > i ? count : ((both[j] as number[])[i] as number),
    ),
  );
}
