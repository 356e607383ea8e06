import type { Position } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import type { Instant } from "../../domain/instant.ts";

/** How far the log had come at an instant: the position of the last event recorded by then; 0 before the first. */
export async function positionAt(log: Pick<LogReader, "read">, instant: Instant): Promise<Position> {
  const [last] = await log.read({ recorded: { to: instant + 1 }, direction: "backward", limit: 1 });
  return last?.position ?? 0;
}
