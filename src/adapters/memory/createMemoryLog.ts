import { randomUUID } from "node:crypto";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { AnyAppendRequest, AppendOutcome, LogReader, LogWriter } from "../../domain/eventLog.ts";
import { meets, repeatOf } from "../eventFormat/appendRules.ts";
import { chainStart, eventHash } from "../eventFormat/chain.ts";
import type { KeyVault } from "../eventFormat/keyVault.ts";
import { fillEvent, prepareEvent, type StoredEvent, sameContent, unfilled } from "../eventFormat/prepareEvent.ts";
import { requestDigest } from "../eventFormat/requestDigest.ts";
import { createMemoryKeyVault } from "./createMemoryKeyVault.ts";
import { matches } from "./matches.ts";

/** A log in miniature: same outcomes, same bytes, same chain as the embedded one, gone with the process. */
export function createMemoryLog({
  logId = randomUUID(),
  vault = createMemoryKeyVault(),
}: {
  readonly logId?: string;
  readonly vault?: KeyVault;
} = {}): { readonly writer: LogWriter; readonly reader: LogReader; readonly vault: KeyVault } {
  const events: StoredEvent[] = [];
  const byId = new Map<string, StoredEvent>();
  const streams = new Map<string, Position[]>();
  const claims = new Map<string, string>();
  const requests = new Map<string, { readonly digest: string; readonly first: Position; readonly last: Position }>();

  const appendOne = (request: AnyAppendRequest, now: number): AppendOutcome => {
    const earlier = request.idempotencyKey === undefined ? undefined : requests.get(request.idempotencyKey);
    if (earlier !== undefined)
      return earlier.digest === requestDigest(request)
        ? { kind: "duplicate", first: earlier.first, last: earlier.last }
        : { kind: "idReused", id: request.idempotencyKey as string, position: earlier.first };
    const repeated = repeatOf(
      request,
      id => byId.get(id) ?? null,
      (event, stream, stored) => sameContent(event, stream, stored, logId, vault),
    );
    if (repeated !== null) return repeated;
    const lengths = new Map<string, number>();
    for (const { stream, expected, events: added } of request.writes) {
      const length = lengths.get(stream) ?? streams.get(stream)?.length ?? 0;
      if (!meets(expected, length))
        return { kind: "conflict", stream, expected, actual: length === 0 ? null : length - 1 };
      lengths.set(stream, length + added.length);
    }
    for (const { key, stream } of request.claims ?? []) {
      const by = claims.get(key);
      if (by !== undefined && by !== stream) return { kind: "claimed", key, by };
    }
    const recordedAt = Math.max(now, events.at(-1)?.recordedAt ?? now);
    const first = events.length + 1;
    for (const { stream, events: added } of request.writes)
      for (const event of added) {
        const positions = streams.get(stream) ?? [];
        const place = { position: events.length + 1, stream, revision: positions.length, recordedAt };
        const chained = prepareEvent(event, place, logId, vault);
        const stored = { ...chained, hash: eventHash(events.at(-1)?.hash ?? chainStart, chained, chained) };
        events.push(stored);
        byId.set(stored.eventId, stored);
        streams.set(stream, [...positions, stored.position]);
      }
    for (const { key, stream } of request.claims ?? []) claims.set(key, stream);
    const last = events.length;
    if (request.idempotencyKey !== undefined)
      requests.set(request.idempotencyKey, { digest: requestDigest(request), first, last });
    return { kind: "appended", first, last, recordedAt };
  };

  const toRecorded = ({ flags, subject, data, personal, hash, ...place }: StoredEvent): RecordedEvent =>
    fillEvent({ ...(place as RecordedEvent), ...unfilled, hash }, { flags, subject, data, personal }, logId, vault);
  const sealing =
    (leaveSealed: readonly string[] = []) =>
    (stored: StoredEvent): RecordedEvent =>
      toRecorded(leaveSealed.includes(stored.type) ? { ...stored, personal: null } : stored);
  return {
    vault,
    writer: {
      logId,
      append: (batch, now) => batch.map(request => appendOne(request, now)),
      head: () => events.length,
      streamExists: stream => streams.has(stream),
      claimant: key => claims.get(key) ?? null,
      close: () => {},
    },
    reader: {
      head: async () => events.length,
      readStream: async ({ stream, from, direction = "forward", limit, leaveSealed }) => {
        const positions = streams.get(stream) ?? [];
        const page =
          direction === "forward"
            ? positions.slice(from ?? 0, (from ?? 0) + limit)
            : positions
                .slice(0, (from ?? positions.length - 1) + 1)
                .reverse()
                .slice(0, limit);
        return page.map(position => events[position - 1] as StoredEvent).map(sealing(leaveSealed));
      },
      read: async query => {
        const kept = events.filter(event => matches(event, query));
        return (query.direction === "backward" ? kept.reverse() : kept)
          .slice(0, query.limit)
          .map(sealing(query.leaveSealed));
      },
      readAt: async positions =>
        positions.map(position => {
          const stored = events[position - 1];
          return stored === undefined ? null : toRecorded(stored);
        }),
      findById: async ids =>
        ids.map(id => {
          const stored = byId.get(id);
          return stored === undefined ? null : toRecorded(stored);
        }),
      close: () => {},
    },
  };
}
