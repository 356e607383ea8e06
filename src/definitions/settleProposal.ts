import type { Instant } from "../domain/instant.ts";
import type { TagCode } from "../domain/tag/definition.ts";
import { applyProposal } from "./applyProposal.ts";
import { derivedEventId } from "./derivedEventId.ts";
import { invalid, type ManualTagDoor, noteFaults, tagEvent } from "./manualTagDoor.ts";
import type { ManualTagCommand, ManualTagOutcome, ManualTagRefusal } from "./manualTags.ts";
import { foldProposals, proposalStatus, type TagProposal } from "./tagProposal.ts";

type Settle = Extract<ManualTagCommand, { kind: "approve" | "reject" }>;

/** Puts a proposal in force, or drops it. Who proposed it may take it back, but not approve it. */
export async function settleProposal(command: Settle, door: ManualTagDoor): Promise<ManualTagOutcome> {
  const { actor, note, proposalId } = command;
  const definition = await door.definitionOf(command.code, ["manual"]);
  if ("message" in definition) return definition;
  const { code } = definition;
  const faults = noteFaults(note);
  if (faults.length > 0) return invalid(faults);
  const events = await door.eventsOf(code);
  const proposal = foldProposals(events).get(proposalId);
  if (proposal === undefined)
    return { kind: "unknownProposal", proposalId, message: `${code} has no proposal ${proposalId}` };
  const { settled } = proposal;
  if (settled?.status === "approved" && command.kind === "approve") return carryOut(code, proposal, door);
  const refusal = whyNot(proposal, command, door.now());
  if (refusal !== null) return refusal;

  const approves = command.kind === "approve";
  const type = approves ? "tag-assignment-approved" : "tag-assignment-rejected";
  const at = door.now();
  const event = tagEvent({ type, data: { proposalId, note } }, derivedEventId(type, code, proposalId), actor, at);
  const position = door.append(code, { revision: events.length - 1 }, [event]);
  if (typeof position !== "number") return position;
  if (!approves) return { kind: "rejected", position };
  return carryOut(code, { ...proposal, settled: { status: "approved", actor, at, note, position } }, door);
}

const carryOut = async (code: TagCode, proposal: TagProposal, door: ManualTagDoor): Promise<ManualTagOutcome> => ({
  kind: "approved",
  assigned: proposal.assignments.length,
  position: await applyProposal(code, proposal, door.writer, door.now),
});

function whyNot(proposal: TagProposal, command: Settle, now: Instant): ManualTagRefusal | null {
  const { proposalId, proposer, assignments } = proposal;
  const status = proposalStatus(proposal, now);
  if (status === "approved" || status === "rejected" || (status === "lapsed" && command.kind === "approve"))
    return {
      kind: "proposalSettled",
      proposalId,
      status,
      message:
        status === "lapsed"
          ? `proposal ${proposalId} has waited too long: look at the list again and make a new one`
          : `proposal ${proposalId} was ${status} before`,
    };
  if (command.kind === "reject") return null;
  if (proposer.kind === command.actor.kind && proposer.id === command.actor.id)
    return {
      kind: "secondPersonNeeded",
      message: `${proposer.id} made this proposal; somebody else has to approve it`,
    };
  if (command.assignments === null || command.assignments === assignments.length) return null;
  return {
    kind: "proposalChanged",
    proposalId,
    assignments: assignments.length,
    message: `the proposal is about ${assignments.length} customers by now, not ${command.assignments}: look at it again`,
  };
}
