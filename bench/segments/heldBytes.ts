import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Of objects and their buffers, without what only waits to be collected; the columns' own memory is not among it. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
