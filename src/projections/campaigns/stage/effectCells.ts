import type { Slot } from "../../tags/stage/slot.ts";
import type { TagChange, ValueObserver } from "../../tags/stage/tagChange.ts";
import type { RowBuffer } from "./rowBuffer.ts";

export function createEffectCells(_rows: RowBuffer, _slots: readonly Slot[]) {
  return {
    filled: (() => {}) as ValueObserver["filled"],
    relaid: (() => {}) as ValueObserver["relaid"],
    apply: (_changes: readonly TagChange[]): void => {},
    write: (): void => {},
  };
}
