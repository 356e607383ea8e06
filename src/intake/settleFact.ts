import type { RecordedEvent } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import { EventId } from "../domain/ids.ts";
import type { JsonValue } from "../domain/json.ts";
import { type Result, refuse } from "../domain/result.ts";
import { type Admitted, admit } from "./admit.ts";
import { type Arrival, arrivalOf } from "./arrivals.ts";
import { canonicalValue } from "./canonicalJson.ts";
import { changedPaths } from "./changedPaths.ts";
import type { Fact, QuarantineCommand, QuarantineOutcome } from "./fact.ts";
import { settlementIdOf } from "./identify.ts";
import { type QuarantineForm, settlement } from "./quarantineRequests.ts";
import { type DoorParts, idReused } from "./submitFacts.ts";

/** Replays, repairs or discards one refused fact. */
export async function settleFact(command: QuarantineCommand, parts: DoorParts): Promise<QuarantineOutcome> {
  const { quarantineId } = command;
  const id = EventId.parse(quarantineId);
  if (id === null) return { kind: "notFound", quarantineId };
  const settledId = settlementIdOf(parts.secret, quarantineId);
  const [file, settled] = (await parts.reader.findById([id, settledId])) as [
    RecordedEvent | null,
    RecordedEvent | null,
  ];
  if (file?.type !== "fact-quarantined") return { kind: "notFound", quarantineId };
  if (settled !== null)
    return { kind: "alreadySettled", quarantineId, status: settled.data.status as "accepted" | "discarded" };
  return command.kind === "discard" ? discard(command, file, parts) : bringIn(command, file, parts);
}

function discard(
  { quarantineId, actor, note }: Extract<QuarantineCommand, { kind: "discard" }>,
  file: RecordedEvent,
  { writer, now, secret }: DoorParts,
): QuarantineOutcome {
  const closing = settlement(
    { quarantineId, status: "discarded", acceptedEventId: null, note, changed: [] },
    file,
    actor,
    now(),
    secret,
  );
  const [outcome] = writer.append([{ writes: [closing] }], now());
  if (outcome?.kind !== "appended") throw new Error(`the log does not take a settlement: ${outcome?.kind}`);
  return { kind: "discarded", position: outcome.first };
}

async function bringIn(
  command: Exclude<QuarantineCommand, { kind: "discard" }>,
  file: RecordedEvent,
  parts: DoorParts,
): Promise<QuarantineOutcome> {
  const { quarantineId } = command;
  const refused = (faults: readonly Fault[]): QuarantineOutcome => ({ kind: "quarantined", quarantineId, faults });
  const kept = keptIn(file);
  const fact: Result<Fact, readonly Fault[]> =
    command.kind === "repair"
      ? arrivalOf({ form: "fact", raw: command.fact }).fact
      : (kept?.fact ??
        refuse([{ field: "", code: "erased", message: "the refused fact was erased; only a repair can replace it" }]));
  if (!fact.ok) return refused(fact.refusal);

  const { writer, reader, catalogue, secret, maxFutureMs, identities } = parts;
  await identities.catchUp();
  const now = parts.now();
  const contextNow = () => ({
    now,
    maxFutureMs,
    catalogue,
    secret,
    where: parts.whereabouts.overlay(),
    actor: command.kind === "repair" ? command.actor : file.actor,
    correlationId: file.correlationId ?? undefined,
    identities: identities.view(),
  });
  const asked = { ...fact.value, causationId: fact.value.causationId ?? quarantineId };
  const first = admit(asked, contextNow());
  const admitted = (await identities.lookUp()) ? admit(asked, contextNow()) : first;
  if (admitted.kind === "refused") return refused(admitted.faults);
  const closing = settlement(
    {
      quarantineId,
      status: "accepted",
      acceptedEventId: admitted.eventId,
      note: command.kind === "repair" ? command.note : "",
      changed:
        command.kind === "repair"
          ? changedPaths(startOf(kept), canonicalValue(fact.value as unknown as JsonValue))
          : [],
    },
    file,
    command.actor,
    now,
    secret,
  );

  const [stored] = await reader.findById([admitted.eventId]);
  // A fact that came in by another way meanwhile stands already; then only its file is left to close.
  const requests = stored
    ? [admitted.request]
    : [{ ...admitted.request, writes: [...admitted.request.writes, closing] }];
  const [outcome] = writer.append(requests, parts.now());
  identities.stored(requests);
  switch (outcome?.kind) {
    case "appended":
      return acceptedAt(outcome.last - 1, admitted);
    case "duplicate": {
      writer.append([{ writes: [closing] }], parts.now());
      return { kind: "duplicate", position: outcome.last, eventId: admitted.eventId };
    }
    case "idReused":
      return refused([idReused(outcome.position)]);
    default:
      throw new Error(`the log does not take a fact that the door admitted: ${outcome?.kind}`);
  }
}

const acceptedAt = (position: number, { eventId, customerId, flags }: Admitted): QuarantineOutcome => ({
  kind: "accepted",
  position,
  eventId,
  customerId,
  flags,
});

/** What was refused, read again; null once erased. */
function keptIn({ data, erased }: RecordedEvent): Arrival | null {
  return erased || data.raw === undefined ? null : arrivalOf({ form: data.form as QuarantineForm, raw: data.raw });
}

/** What a repair is compared with: the fact as far as it could be read. */
function startOf(kept: Arrival | null): JsonValue {
  if (kept === null) return {};
  if (kept.fact.ok) return canonicalValue(kept.fact.value as unknown as JsonValue);
  if (kept.form === "row") return canonicalValue((kept.raw as { readonly draft: JsonValue }).draft ?? {});
  return {};
}
