import type { FiledDefinition } from "./readDefinitions.ts";

export type Ask = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;
export type AppliedTag =
  | { readonly kind: "published" | "unchanged"; readonly code: string; readonly version: number }
  | { readonly kind: "refused"; readonly code: string; readonly file: string; readonly lines: readonly string[] };

/** `TagResult` as these commands read it; without an outcome it is a refusal. */
export type TagAnswer = {
  readonly outcome?: "DRAFTED" | "PUBLISHED" | "RETIRED" | "UNCHANGED";
  readonly version?: number;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
  readonly dependents?: readonly { readonly code: string; readonly reason: string }[];
};
export const tagAnswer =
  "... on TagChanged { outcome version } ... on TagRefused { message faults { field message } } ... on TagInUse { message dependents { code reason } }";

const draft = `mutation ($definition: TagDefinitionInput!, $actor: ActorInput!) {
  answer: draftTag(definition: $definition, actor: $actor) { ${tagAnswer} }
}`;
const publish = `mutation ($code: ID!, $version: Int!, $actor: ActorInput!) {
  answer: publishTag(code: $code, version: $version, actor: $actor) { ${tagAnswer} }
}`;

/** Drafts and publishes each definition, in the order given; what is refused does not hold up the others. */
export async function applyDefinitions(
  ask: Ask,
  definitions: readonly FiledDefinition[],
  actor: object,
  told: (applied: AppliedTag) => void,
): Promise<void> {
  for (const { file, json, definition } of definitions) {
    const { code } = definition;
    const refused = (answer: TagAnswer) => told({ kind: "refused", code, file, lines: reasons(answer) });
    const drafted = (await ask<{ answer: TagAnswer }>(draft, { definition: json, actor })).answer;
    if (drafted.version === undefined) {
      refused(drafted);
      continue;
    }
    const { version } = drafted;
    const published = (await ask<{ answer: TagAnswer }>(publish, { code, version, actor })).answer;
    if (published.outcome === undefined) refused(published);
    else told({ kind: published.outcome === "UNCHANGED" ? "unchanged" : "published", code, version });
  }
}

function reasons({ message, faults = [], dependents = [] }: TagAnswer): string[] {
  const lines = [
    ...faults.map(fault => `${fault.field === "" ? "the whole" : fault.field}: ${fault.message}`),
    ...dependents.map(({ code, reason }) => `${code}: ${reason}`),
  ];
  return faults.length > 0 || message === undefined ? lines : [message, ...lines];
}
