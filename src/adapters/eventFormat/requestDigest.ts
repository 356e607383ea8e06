import { hash } from "node:crypto";
import type { AnyAppendRequest } from "../../domain/eventLog.ts";

/** What an idempotency key stands for: the ids of the events a request writes, stream by stream. */
export const requestDigest = (request: AnyAppendRequest): string =>
  hash("sha256", JSON.stringify(request.writes.map(write => [write.stream, write.events.map(event => event.eventId)])));
