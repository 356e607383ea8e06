import type { RecordedEvent } from "../event.ts";
import { CustomerId, customerOfStream } from "../ids.ts";
import { type Merge, type MergeGraph, mergeRefusal, splitMerge } from "./mergeGraph.ts";

export const identityTypes: readonly string[] = ["identity-merged", "identity-split"];

export type IdentityEffect = { readonly kind: "merge" | "split"; readonly merge: Merge };

/**
 * What an event does to who is who, provided that the customer merged was known before; null where it does nothing. Such facts
 * are refused at the door, and should one stand in the log it must not stop anybody. The stored form of the two types is
 * read here, not the upcast one: who is who must not depend on what a later program makes of it.
 */
export function identityEffect(event: RecordedEvent, graph: MergeGraph): IdentityEffect | null {
  if (!identityTypes.includes(event.type)) return null;
  const survivor = customerOfStream(event.stream);
  const absorbed = CustomerId.parse(String(event.data.customer));
  if (survivor === null || absorbed === null) return null;
  if (event.type === "identity-split") {
    const found = splitMerge(graph, survivor, absorbed, event.corrects ?? "");
    return "refusal" in found ? null : { kind: "split", merge: found.merge };
  }
  if (mergeRefusal(graph, survivor, absorbed) !== null) return null;
  const { proposalId } = event.data;
  const { position, eventId } = event;
  return {
    kind: "merge",
    merge: {
      position,
      eventId,
      survivor,
      absorbed,
      proposalId: typeof proposalId === "string" ? proposalId : null,
      splitAt: null,
    },
  };
}
