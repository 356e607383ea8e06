import { v7 as uuidv7 } from "uuid";
import type { Actor, Position } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { Instant } from "../domain/instant.ts";
import type { TagAssignment } from "../domain/tag/events.ts";
import { assignmentsAtOnce } from "./applyProposal.ts";
import { type LineFault, readAssignmentList } from "./assignmentList.ts";
import { derivedEventId } from "./derivedEventId.ts";
import { digestOf, invalid, type ManualTagDoor, noteFaults, tagEvent } from "./manualTagDoor.ts";
import type { ManualTagCommand, ManualTagOutcome, ManualTagRefusal } from "./manualTags.ts";
import { type ListReport, matchAssignments } from "./matchAssignments.ts";
import { foldProposals, proposalStatus, type TagProposal } from "./tagProposal.ts";

/** Customers that one proposal may be about: an approver still has to be able to look at it. */
export const largestProposal = 200_000;

/** Proposes what a list says. What cannot be used of it is reported, and the rest proposed. */
export async function proposeAssignments(
  command: Extract<ManualTagCommand, { kind: "propose" }>,
  door: ManualTagDoor,
): Promise<ManualTagOutcome> {
  const { actor, content, format, note } = command;
  const { now, standards, customerOf } = door;
  const definition = await door.definitionOf(command.code, ["manual"]);
  if ("message" in definition) return definition;
  const { code, type } = definition;
  const faults: Fault[] = noteFaults(note);
  if (command.proposalId !== null && !/^[\w-]{1,64}$/.test(command.proposalId))
    faults.push({ field: "proposalId", code: "malformed", message: "expected 1 to 64 letters, digits, - and _" });
  const list = readAssignmentList(content, format);
  if (!list.ok) return invalid([...faults, list.refusal]);
  if (faults.length > 0) return invalid(faults);

  const events = await door.eventsOf(code);
  const open = command.proposalId === null ? undefined : foldProposals(events).get(command.proposalId);
  const proposalId = command.proposalId ?? uuidv7();
  const eventId = (part: number) => derivedEventId("tag-proposed", code, proposalId, digestOf(content), part);
  const earlier = events.find(event => event.eventId === eventId(0));
  const matched = matchAssignments(list.value.listed, {
    type,
    standards,
    now: earlier?.occurredAt ?? now(),
    format,
    customerOf,
  });
  const before = earlier === undefined ? open?.assignments : [];
  const report = withFaults(apart(matched, before ?? []), list.value.faults);
  const proposed = (position: Position | null, total: number): ManualTagOutcome => ({
    kind: "proposed",
    proposalId: position === null ? null : proposalId,
    position,
    total,
    report,
  });
  // The same part again, because nobody heard the answer: it stands.
  if (earlier !== undefined) return proposed(earlier.position, open?.assignments.length ?? 0);

  const refusal = open === undefined ? null : whyNotAdded(open, actor, now());
  if (refusal !== null) return refusal;
  const total = (open?.assignments.length ?? 0) + report.assignments.length;
  if (total > largestProposal)
    return {
      kind: "tooMany",
      limit: largestProposal,
      message: `a proposal is about at most ${largestProposal} customers, this one would be about ${total}`,
    };
  if (command.check || report.assignments.length === 0) return proposed(null, total);
  const parts = chunksOf(report.assignments, assignmentsAtOnce).map((assignments, part) =>
    tagEvent({ type: "tag-assignment-proposed", data: { proposalId, note, assignments } }, eventId(part), actor, now()),
  );
  const position = door.append(code, { revision: events.length - 1 }, parts);
  return typeof position === "number" ? proposed(position, total) : position;
}

function whyNotAdded(proposal: TagProposal, actor: Actor, now: Instant): ManualTagRefusal | null {
  const { proposalId, proposer } = proposal;
  const status = proposalStatus(proposal, now);
  if (status !== "open")
    return {
      kind: "proposalSettled",
      proposalId,
      status,
      message: `proposal ${proposalId} is ${status}; make a new one`,
    };
  if (proposer.kind === actor.kind && proposer.id === actor.id) return null;
  return {
    kind: "notYours",
    proposalId,
    message: `proposal ${proposalId} is ${proposer.id}'s; only ${proposer.id} may add to it`,
  };
}

/** Customers that another part of the proposal speaks of already cannot be told anything new by this one. */
function apart(report: ListReport, before: readonly TagAssignment[]): ListReport {
  if (before.length === 0) return report;
  const known = new Set(before.map(({ customerId }) => customerId));
  const repeated = report.lines.filter((_, at) => known.has((report.assignments[at] as TagAssignment).customerId));
  return {
    ...report,
    assignments: report.assignments.filter(({ customerId }) => !known.has(customerId)),
    lines: report.lines.filter(line => !repeated.includes(line)),
    faults: [
      ...report.faults,
      ...repeated.map(line => ({
        line,
        field: "id",
        code: "proposed-before",
        message: "an earlier part of this proposal speaks of the same customer",
      })),
    ],
  };
}

const withFaults = (report: ListReport, faults: readonly LineFault[]): ListReport =>
  faults.length === 0 ? report : { ...report, faults: [...report.faults, ...faults].sort((a, b) => a.line - b.line) };

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
