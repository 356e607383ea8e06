import type { Ask } from "./applyDefinitions.ts";
import type { FiledSegment } from "./readSegments.ts";

export type AppliedSegment =
  | { readonly kind: "published" | "unchanged"; readonly id: string; readonly version: number }
  | { readonly kind: "refused"; readonly id: string; readonly file: string; readonly lines: readonly string[] };

/** `SegmentResult` as these commands read it; without an outcome it is a refusal. */
export type SegmentAnswer = {
  readonly outcome?: "DRAFTED" | "PUBLISHED" | "ARCHIVED" | "UNCHANGED";
  readonly version?: number;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
};
export const segmentAnswer =
  "... on SegmentChanged { outcome version } ... on SegmentRefused { message faults { field message } } ... on SegmentInUse { message }";

const draft = `mutation ($input: SegmentInput!, $actor: ActorInput!) {
  answer: draftSegment(input: $input, actor: $actor) { ${segmentAnswer} }
}`;
const publish = `mutation ($id: ID!, $version: Int!, $actor: ActorInput!) {
  answer: publishSegment(id: $id, version: $version, actor: $actor) { ${segmentAnswer} }
}`;

/** Drafts and publishes each segment, in the order given; what is refused does not hold up the others. */
export async function applySegments(
  ask: Ask,
  segments: readonly FiledSegment[],
  actor: object,
  told: (applied: AppliedSegment) => void,
): Promise<void> {
  for (const { file, id, json } of segments) {
    const drafted = (await ask<{ answer: SegmentAnswer }>(draft, { input: json, actor })).answer;
    if (drafted.version === undefined) {
      told({ kind: "refused", id, file, lines: reasons(drafted) });
      continue;
    }
    const { version } = drafted;
    const published = (await ask<{ answer: SegmentAnswer }>(publish, { id, version, actor })).answer;
    if (published.outcome === undefined) told({ kind: "refused", id, file, lines: reasons(published) });
    else told({ kind: published.outcome === "UNCHANGED" ? "unchanged" : "published", id, version });
  }
}

function reasons({ message, faults = [] }: SegmentAnswer): readonly string[] {
  if (faults.length === 0) return message === undefined ? [] : [message];
  return faults.map(fault => `${fault.field === "" ? "the whole" : fault.field}: ${fault.message}`);
}
