import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { vi } from "vitest";
import type { OutsideSegment } from "../../../src/domain/segment/outside.ts";
import { type Ask, allNodes, type Page } from "./graphqlClient.ts";

const actor = { kind: "PERSON", id: "ada" };

/** An audience as published with a data set: how many, the first five by number, and a digest of all. */
export type Audience = {
  readonly n: number;
  readonly first_ids: readonly number[];
  readonly sha256_of_sorted_ids_joined_by_newline: string;
};

export const audienceOf = (ids: readonly number[]): Audience => {
  const sorted = [...ids].sort((a, b) => a - b);
  return {
    n: sorted.length,
    first_ids: sorted.slice(0, 5),
    sha256_of_sorted_ids_joined_by_newline: createHash("sha256").update(sorted.join("\n")).digest("hex"),
  };
};

/** The segments of `examples/<name>`, by the code with which their names begin, as published audiences are called: "S01". */
export function exampleSegments(name: string): ReadonlyMap<string, OutsideSegment> {
  const segments: readonly OutsideSegment[] = JSON.parse(readFileSync(`examples/${name}/segments.json`, "utf8"));
  return new Map(segments.map(segment => [segment.name.split(":")[0]!, segment]));
}

const command = (call: string) => `${call} {
  __typename
  ... on SegmentChanged { outcome version position }
  ... on SegmentRefused { reason message faults { field code message } }
}`;

/** Drafts and publishes segments, and waits until all have members. Throws with the reasons where one was refused. */
export async function publishSegments(ask: Ask, segments: Iterable<OutsideSegment>): Promise<void> {
  const ids: string[] = [];
  for (const input of segments) {
    const { draft } = await ask<{ draft: { version?: number } }>(
      `mutation ($input: SegmentInput!, $actor: ActorInput!) { ${command("draft: draftSegment(input: $input, actor: $actor)")} }`,
      { input, actor },
    );
    if (draft.version === undefined) throw new Error(`${input.id}: ${JSON.stringify(draft)}`);
    const { published } = await ask<{ published: { version?: number } }>(
      `mutation ($id: ID!, $version: Int!, $actor: ActorInput!) {
        ${command("published: publishSegment(id: $id, version: $version, actor: $actor)")}
      }`,
      { id: input.id, version: draft.version, actor },
    );
    if (published.version === undefined) throw new Error(`${input.id}: ${JSON.stringify(published)}`);
    ids.push(input.id);
  }
  await vi.waitFor(
    async () => {
      const { segments } = await ask<{ segments: { nodes: { segmentId: string; size: number | null }[] } }>(
        "{ segments(first: 100) { nodes { segmentId size } } }",
      );
      const standing = new Set(segments.nodes.flatMap(({ segmentId, size }) => (size === null ? [] : [segmentId])));
      const waiting = ids.filter(id => !standing.has(id));
      if (waiting.length > 0) throw new Error(`without members yet: ${waiting.join(", ")}`);
    },
    { timeout: 180_000, interval: 50 },
  );
}

type Member = { readonly identities: { readonly nodes: readonly { readonly system: string; readonly id: string }[] } };

/** The ids in `system` of all who belong now, or at an instant (RFC 3339). */
export async function askMembers(ask: Ask, system: string, id: string, asOf: string | null = null): Promise<number[]> {
  const members = await allNodes(
    ask,
    `query ($id: ID!, $after: Cursor, $asOf: DateTime) {
      segment(id: $id) {
        members(first: 100, after: $after, asOf: $asOf) {
          pageInfo { hasNextPage endCursor }
          nodes { identities(first: 5) { nodes { system id } } }
        }
      }
    }`,
    (data: { segment: { members: Page<Member> } }) => data.segment.members,
    { id, asOf },
  );
  return members.map(({ identities }) => {
    const known = identities.nodes.find(identity => identity.system === system);
    if (known === undefined) throw new Error(JSON.stringify(identities));
    return Number(known.id);
  });
}

/** How many belong now by the standing membership, and at some instants by the facts. */
export async function askSizes(ask: Ask, id: string, at: readonly string[]) {
  const { segment } = await ask<{ segment: { size: number | null; sizes: { at: string; size: number }[] } }>(
    "query ($id: ID!, $at: [DateTime!]!) { segment(id: $id) { size sizes(at: $at) { at size } } }",
    { id, at },
  );
  return segment;
}

/** How many a rule means now, asked as it is typed. Throws with the reason where there is no figure. */
export async function askCount(ask: Ask, rule: object): Promise<number> {
  const { preview } = await ask<{ preview: { count?: number } }>(
    `query ($rule: SegmentRuleInput!) {
      preview: previewSegment(rule: $rule) {
        __typename
        ... on SegmentPreview { count }
        ... on SegmentRefused { message }
        ... on SegmentUnanswered { why: message }
      }
    }`,
    { rule },
  );
  if (preview.count === undefined) throw new Error(JSON.stringify(preview));
  return preview.count;
}
