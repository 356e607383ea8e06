import { setImmediate } from "node:timers/promises";
import type { NewEvent, Position } from "../domain/event.ts";
import type { LogReader, LogWriter } from "../domain/eventLog.ts";
import { customerStream, type EventId } from "../domain/ids.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import type { TagCode } from "../domain/tag/definition.ts";
import type { TagAssignment } from "../domain/tag/events.ts";
import { derivedEventId } from "./derivedEventId.ts";
import type { TagProposal } from "./tagProposal.ts";

/** Customers whose assignments share one durable append; others get their turn at the log in between. */
export const assignmentsAtOnce = 1_000;

/** The id of the n-th assignment (from 0) that a proposal puts in force. */
const assignmentId = (proposalId: string, at: number): EventId => derivedEventId("tag-assigned", proposalId, at);

/** Whether the last chunk is in the log, and so all. */
export async function isApplied(
  { proposalId, assignments }: TagProposal,
  log: Pick<LogReader, "findById">,
): Promise<boolean> {
  const [last] = await log.findById([assignmentId(proposalId, assignments.length - 1)]);
  return last !== null;
}

/**
 * Writes an approved proposal to the customers' streams, chunk by chunk. Each chunk is all or nothing and known by its
 * key, so that doing it again after a crash finishes what is missing. The position of the last assignment.
 */
export async function applyProposal(
  code: TagCode,
  { proposalId, assignments, settled }: TagProposal,
  writer: Pick<LogWriter, "append">,
  now: () => Instant,
): Promise<Position> {
  if (settled?.status !== "approved") throw new Error(`proposal ${proposalId} is not approved`);
  let reached: Position = settled.position;
  for (let start = 0; start < assignments.length; start += assignmentsAtOnce) {
    const writes = assignments.slice(start, start + assignmentsAtOnce).map((assignment, at) => ({
      stream: customerStream(assignment.customerId),
      expected: "exists" as const,
      events: [
        assignedEvent(code, assignment, {
          eventId: assignmentId(proposalId, start + at),
          // As of the approval, so that a chunk written again is the same to the byte.
          occurredAt: settled.at,
          actor: settled.actor,
          correlationId: proposalId,
          proposalId,
        }),
      ],
    }));
    const [outcome] = writer.append([{ writes, idempotencyKey: `tag-proposal-${proposalId}-${start}` }], now());
    if (outcome?.kind !== "appended" && outcome?.kind !== "duplicate")
      throw new Error(`the log does not take assignments of proposal ${proposalId}: ${outcome?.kind}`);
    reached = outcome.last;
    await setImmediate();
  }
  return reached;
}

/** The event that sets a customer's value. */
export const assignedEvent = (
  tag: TagCode,
  { value, expiresAt }: Pick<TagAssignment, "value" | "expiresAt">,
  {
    proposalId,
    ...by
  }: Pick<NewEvent, "eventId" | "occurredAt" | "actor" | "correlationId"> & { readonly proposalId?: string },
): NewEvent => ({
  ...by,
  ...ownEvent,
  type: "tag-assigned",
  data: {
    tag,
    value,
    ...(expiresAt !== null && { expiresAt: formatInstant(expiresAt) }),
    ...(proposalId !== undefined && { proposalId }),
  } as JsonObject,
  personal: null,
});

/** What all events have that come from commands and not from an upstream system. */
export const ownEvent = {
  schemaVersion: 1,
  source: "c360",
  sourceEventId: null,
  causationId: null,
  corrects: null,
  flags: [],
} as const;
