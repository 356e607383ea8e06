import type { Actor, NewEvent } from "../domain/event.ts";
import type { AppendRequest } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import { type EventId, sourceStream } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import type { QuarantineEvent } from "../domain/quarantine.ts";
import { canonicalValue, isTooDeep } from "./canonicalJson.ts";
import { sourceFault } from "./checkEnvelope.ts";
import { deepJsonText } from "./deepJsonText.ts";
import type { BatchContext } from "./fact.ts";
import { type IdSecret, quarantineIdOf, settlementIdOf } from "./identify.ts";
import { textProblem } from "./plainText.ts";

export type QuarantineForm = Extract<QuarantineEvent, { type: "fact-quarantined" }>["data"]["form"];
/** What came to the door, as it came. */
export type Submitted = { readonly form: QuarantineForm; readonly raw: unknown };
type Settlement = Extract<QuarantineEvent, { type: "quarantine-settled" }>["data"];

/** Who a refused fact says it is from and about, as far as that can be read. */
type Claimed = { readonly id?: unknown; readonly source?: unknown; readonly type?: unknown };

/** The request that keeps a refused fact whole, in the stream of its source. */
export function quarantineRequest(
  { form, raw }: Submitted,
  claimed: Claimed,
  faults: readonly Fault[],
  context: BatchContext,
  now: Instant,
  secret: IdSecret,
): { readonly quarantineId: EventId; readonly request: AppendRequest } {
  const deep = isTooDeep(raw);
  const keptForm = deep ? "text" : form;
  const kept: JsonValue = deep ? deepJsonText(raw) : canonicalValue(raw as JsonValue);
  const source = sourceFault(claimed.source) === null ? (claimed.source as string) : context.source;
  const quarantineId = quarantineIdOf(secret, source, keptForm, JSON.stringify(kept) ?? "");
  const data = { quarantineId, factType: textOrNull(claimed.type, 100), faults, form: keptForm };
  const event: NewEvent = {
    eventId: quarantineId,
    type: "fact-quarantined",
    schemaVersion: 1,
    occurredAt: now,
    actor: context.actor ?? { kind: "service", id: source },
    source,
    sourceEventId: textOrNull(claimed.id, 200),
    correlationId: context.correlationId ?? null,
    causationId: null,
    corrects: null,
    flags: [],
    data: data as unknown as JsonObject,
    personal: { subject: `quarantine-${quarantineId}`, fields: { "/raw": kept } },
  };
  return { quarantineId, request: { writes: [{ stream: sourceStream(source), expected: "any", events: [event] }] } };
}

const textOrNull = (value: unknown, max: number): string | null =>
  textProblem(value, max) === null ? (value as string) : null;

/** The event that closes a refused fact's file, for good. What somebody noted may be about a person, so it is sealed. */
export function settlement(
  { note, ...data }: Settlement,
  from: { readonly source: string; readonly correlationId: string | null },
  actor: Actor,
  now: Instant,
  secret: IdSecret,
): { readonly stream: string; readonly expected: "exists"; readonly events: readonly [NewEvent] } {
  const event: NewEvent = {
    eventId: settlementIdOf(secret, data.quarantineId),
    type: "quarantine-settled",
    schemaVersion: 1,
    occurredAt: now,
    actor,
    source: from.source,
    sourceEventId: null,
    correlationId: from.correlationId,
    causationId: data.quarantineId,
    corrects: null,
    flags: [],
    data: note === "" ? { ...data, note } : data,
    personal: note === "" ? null : { subject: `quarantine-${data.quarantineId}`, fields: { "/note": note } },
  };
  return { stream: sourceStream(from.source), expected: "exists", events: [event] };
}
