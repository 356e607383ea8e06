import { setPriority } from "node:os";

/**
 * Lets queries win over an import at full speed: on Linux this lowers the calling thread only, and the main thread, which
 * answers queries, keeps its share. Where it is not allowed everything works, threads just compete.
 */
export function runInBackground(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(5);
  } catch {}
}
