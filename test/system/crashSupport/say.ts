import { writeSync } from "node:fs";

const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * One JSON line to standard output, straight to the descriptor: once this returns the line counts as told, whatever
 * happens to the process next. A pipe that is full for the moment is waited for.
 */
export function say(word: object): void {
  let rest = Buffer.from(`${JSON.stringify(word)}\n`);
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EAGAIN") throw error;
      Atomics.wait(idle, 0, 0, 1);
    }
}
