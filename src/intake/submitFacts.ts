import { identityTypes } from "../domain/customer/identityEffect.ts";
import type { NewEvent } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest, LogReader, LogWriter } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import type { EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { type Admitted, admit } from "./admit.ts";
import { type Arrival, arrivalsOf } from "./arrivals.ts";
import type { FactCatalogue } from "./catalogue.ts";
import type { DuplicateTally } from "./duplicateTally.ts";
import type { BatchContext, FactBatch, FactOutcome } from "./fact.ts";
import type { IdSecret } from "./identify.ts";
import type { IdentityBook } from "./identityBook.ts";
import { quarantineRequest } from "./quarantineRequests.ts";
import type { createWhereabouts } from "./whereabouts.ts";

export type DoorParts = {
  readonly writer: LogWriter;
  readonly reader: Pick<LogReader, "findById">;
  readonly catalogue: FactCatalogue;
  readonly secret: IdSecret;
  readonly now: () => Instant;
  readonly maxFutureMs: number;
  readonly whereabouts: ReturnType<typeof createWhereabouts>;
  readonly duplicates: Pick<DuplicateTally, "count">;
  readonly identities: IdentityBook;
};

/** What is to be written for one arrival. */
type Decision = { readonly request: AppendRequest } & (
  | { readonly admitted: Admitted }
  | { readonly quarantineId: EventId; readonly faults: readonly Fault[] }
);

/** A batch and who hands it in. */
export type Submission = { readonly batch: FactBatch; readonly context: BatchContext };

type InBatch = Arrival & { readonly context: BatchContext };

/**
 * Takes batches in together: normally one append, so one durable commit for all of them. A fact whose id turns out to be
 * taken by other content is quarantined in a second one, and facts that counted on such a fact are decided anew.
 */
export async function submitFacts(submissions: readonly Submission[], parts: DoorParts): Promise<FactOutcome[][]> {
  const opened = submissions.map(({ batch, context }) => arrivalsOf(batch).map(arrival => ({ ...arrival, context })));
  const outcomes = await takeIn(opened.flat(), parts);
  let start = 0;
  return opened.map(({ length }) => {
    start += length;
    return outcomes.slice(start - length, start);
  });
}

/** A merge or split decides where facts after it go, so it is stored before anything behind it is decided. */
async function takeIn(arrivals: readonly InBatch[], parts: DoorParts): Promise<FactOutcome[]> {
  await parts.identities.catchUp();
  const outcomes: FactOutcome[] = [];
  for (let from = 0; from < arrivals.length; ) {
    const next = arrivals.findIndex(({ fact }, at) => at >= from && fact.ok && identityTypes.includes(fact.value.type));
    const to = next === -1 ? arrivals.length : next + 1;
    outcomes.push(...(await takeInTogether(arrivals.slice(from, to), parts)));
    if (next !== -1) await parts.identities.catchUp();
    from = to;
  }
  return outcomes;
}

async function takeInTogether(arrivals: readonly InBatch[], parts: DoorParts): Promise<FactOutcome[]> {
  const outcomes = new Array<FactOutcome>(arrivals.length);
  const refusals = new Map<number, readonly Fault[]>();
  let pending = arrivals.map((_, index) => index);
  while (pending.length > 0) {
    const decisions = await decideSafely(pending, arrivals, refusals, parts);
    const results = parts.writer.append(
      decisions.map(decision => decision.request),
      parts.now(),
    );
    parts.identities.stored(decisions.flatMap(({ request }, at) => (results[at]?.kind === "appended" ? request : [])));
    const again: number[] = [];
    pending.forEach((index, at) => {
      const outcome = outcomeOf(decisions[at]!, results[at]!);
      if (cameAgain(decisions[at]!, results[at]!)) parts.duplicates.count(eventOf(decisions[at]!), parts.now());
      if (outcome === "again") again.push(index);
      else if ("reusedAt" in outcome) {
        refusals.set(index, [idReused(outcome.reusedAt)]);
        again.push(index);
      } else outcomes[index] = outcome;
    });
    if (again.length === pending.length && again.every(index => !refusals.has(index)))
      throw new Error("the log refuses every fact of a batch though the door found nothing wrong with them");
    pending = again;
  }
  return outcomes;
}

export const idReused = (position: number): Fault => ({
  field: "id",
  code: "id-reused",
  message: `the source used this id before for other content, at position ${position}`,
});

/**
 * Facts may count on an account or identity claimed by an earlier fact of the batch. Should the log know that fact's id
 * already, it will refuse it (else the claim would stand), so it is refused before anything is built upon it.
 */
async function decideSafely(
  pending: readonly number[],
  arrivals: readonly InBatch[],
  refusals: Map<number, readonly Fault[]>,
  parts: DoorParts,
): Promise<Decision[]> {
  for (;;) {
    const { decisions, reliedOn } = decide(pending, arrivals, refusals, parts);
    if (await parts.identities.lookUp()) continue;
    if (reliedOn.size === 0) return decisions;
    const ids = [...reliedOn] as EventId[];
    const stored = new Map((await parts.reader.findById(ids)).map((event, at) => [ids[at]!, event?.position]));
    const doomed = pending.flatMap((index, at) => {
      const decision = decisions[at]!;
      if (!("admitted" in decision)) return [];
      const { eventId } = decision.admitted;
      const position = stored.get(eventId);
      stored.delete(eventId); // a second fact of the same id may be the one that is stored
      return position === undefined ? [] : [{ index, position }];
    });
    if (doomed.length === 0) return decisions;
    for (const { index, position } of doomed) refusals.set(index, [idReused(position)]);
  }
}

function decide(
  pending: readonly number[],
  arrivals: readonly InBatch[],
  refusals: ReadonlyMap<number, readonly Fault[]>,
  parts: DoorParts,
): { readonly decisions: Decision[]; readonly reliedOn: ReadonlySet<string> } {
  const now = parts.now();
  const { catalogue, secret, maxFutureMs } = parts;
  const where = parts.whereabouts.overlay();
  const identities = parts.identities.view();
  const surroundings = { now, maxFutureMs, catalogue, secret, where, identities };
  const seen = new Set<EventId>();
  const decisions = pending.map((index): Decision => {
    const arrival = arrivals[index]!;
    const { context } = arrival;
    const { actor, correlationId } = context;
    const known = refusals.get(index);
    const decided =
      known !== undefined
        ? { kind: "refused" as const, faults: known }
        : arrival.fact.ok
          ? admit(arrival.fact.value, { ...surroundings, actor, correlationId })
          : { kind: "refused" as const, faults: arrival.fact.refusal };
    if (decided.kind === "refused") {
      const kept = quarantineRequest(arrival, claimedBy(arrival), decided.faults, context, now, secret);
      return { ...kept, faults: decided.faults };
    }
    // The second of two facts with one id changes nothing, whatever it says.
    if (!seen.has(decided.eventId)) {
      where.add(decided.eventId, decided.created, decided.request.claims ?? []);
      identities.add(decided.request);
    }
    seen.add(decided.eventId);
    return { request: decided.request, admitted: decided };
  });
  return { decisions, reliedOn: where.reliedOn() };
}

/** The names under which a refused arrival goes, as far as it gives any. */
function claimedBy({ form, raw }: Arrival): {
  readonly id?: unknown;
  readonly source?: unknown;
  readonly type?: unknown;
} {
  if (raw === null || typeof raw !== "object") return {};
  const named = raw as Record<string, unknown>;
  return form === "row" ? { source: named.source, type: named.factType } : named;
}

/** A refused fact that was refused before, for other reasons, has come again all the same. */
const cameAgain = (decision: Decision, { kind }: AppendOutcome): boolean =>
  kind === "duplicate" || (kind === "idReused" && "quarantineId" in decision);

const eventOf = ({ request }: Decision): NewEvent => request.writes.at(-1)!.events.at(-1)!;

function outcomeOf(decision: Decision, result: AppendOutcome): FactOutcome | "again" | { readonly reusedAt: number } {
  if ("quarantineId" in decision) {
    // An id taken by other content: the same fact was refused before, for other reasons or at another time.
    const { quarantineId, faults } = decision;
    return { kind: "quarantined", quarantineId, faults };
  }
  const { eventId, customerId, flags } = decision.admitted;
  switch (result.kind) {
    case "appended":
      return { kind: "accepted", position: result.last, eventId, customerId, flags };
    case "duplicate":
      return { kind: "duplicate", position: result.last, eventId };
    case "idReused":
      return { reusedAt: result.position };
    case "conflict":
    case "claimed":
      return "again";
  }
}
