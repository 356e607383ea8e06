import type { Actor, Position, RecordedEvent } from "../domain/event.ts";
import type { Instant } from "../domain/instant.ts";
import type { TagAssignment, TagEvent } from "../domain/tag/events.ts";

/** Values that somebody proposes to set by hand, and what became of it. */
export type TagProposal = {
  readonly proposalId: string;
  readonly proposer: Actor;
  readonly proposedAt: Instant;
  readonly note: string;
  readonly position: Position;
  /** In the order in which they were proposed, over all parts of the list. */
  readonly assignments: readonly TagAssignment[];
  readonly settled: {
    readonly status: "approved" | "rejected";
    readonly actor: Actor;
    readonly at: Instant;
    readonly note: string;
    readonly position: Position;
  } | null;
};

/** Nobody may approve after this long: what was right then has to be looked at anew. */
export const proposalHoldsMs = 30 * 24 * 3_600_000;

export type ProposalStatus = "open" | "approved" | "rejected" | "lapsed";
export const proposalStatus = ({ settled, proposedAt }: TagProposal, now: Instant): ProposalStatus =>
  settled?.status ?? (now - proposedAt > proposalHoldsMs ? "lapsed" : "open");

/** The proposals on a tag's stream, by id, oldest first. A list may come in several parts; nothing is settled twice. */
export function foldProposals(events: readonly RecordedEvent[]): ReadonlyMap<string, TagProposal> {
  const proposals = new Map<string, TagProposal & { readonly assignments: TagAssignment[] }>();
  for (const event of events) {
    const { actor, occurredAt: at, position } = event;
    const { type, data } = event as unknown as TagEvent;
    if (type !== "tag-assignment-proposed" && type !== "tag-assignment-approved" && type !== "tag-assignment-rejected")
      continue;
    const { proposalId, note = "" } = data; // an erased note is absent
    const known = proposals.get(proposalId);
    if (type === "tag-assignment-proposed") {
      if (known !== undefined) known.assignments.push(...data.assignments);
      else
        proposals.set(proposalId, {
          proposalId,
          proposer: actor,
          proposedAt: at,
          note,
          position,
          assignments: [...data.assignments],
          settled: null,
        });
    } else if (known !== undefined && known.settled === null) {
      const status = type === "tag-assignment-approved" ? "approved" : "rejected";
      proposals.set(proposalId, { ...known, settled: { status, actor, at, note, position } });
    }
  }
  return proposals;
}
