import { readdirSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Lets queries win over an import at full speed: on Linux this lowers the calling thread only, and the main thread, which
 * answers queries, keeps its share. Where it is not allowed everything works, threads just compete.
 */
export function runInBackground(): void {
  lower(0, 5);
}

const tasks = "/proc/self/task";

/**
 * Lets all of the process's own threads win over V8's helpers, which mark what is still in use beside them: at a priority above the
 * projector's, on two cores, they held it up for 100 to 200 ms each time. To be called before threads are started. Where threads have
 * no names (Node before 24) nothing changes.
 */
export function collectInBackground(): void {
  if (process.platform !== "linux") return;
  try {
    for (const task of readdirSync(tasks))
      if (readFileSync(`${tasks}/${task}/comm`, "utf8").trim() === "V8Worker") lower(Number(task), 10);
  } catch {}
}

/** `task`: a thread of this process, 0 for the calling one. */
function lower(task: number, priority: number): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(task, priority);
  } catch {}
}
