import { vi } from "vitest";
import { applyDefinitions } from "../../../src/cli/applyDefinitions.ts";
import { readDefinitions } from "../../../src/cli/readDefinitions.ts";
import { type Ask, allNodes, type Page } from "./graphqlClient.ts";

const actor = { kind: "PERSON", id: "ada" };

/** Publishes the definitions of `examples/<name>` as `c360 tags apply` does, and waits until all have their values. */
export async function publishExamples(ask: Ask, name: string): Promise<readonly string[]> {
  const read = readDefinitions([`examples/${name}/tags.json`]);
  if (!read.ok) throw new Error(read.refusal.join("\n"));
  const codes: string[] = [];
  await applyDefinitions(ask, read.value, actor, applied => {
    if (applied.kind === "refused") throw new Error(`${applied.code}: ${applied.lines.join("; ")}`);
    codes.push(applied.code);
  });
  await vi.waitFor(
    async () => {
      const { tags } = await ask<{ tags: { totalCount: number; nodes: { code: string; fill: Fill | null }[] } }>(
        "{ tags(first: 100) { totalCount nodes { code fill { filled done total } } } }",
      );
      const waiting = tags.nodes.filter(({ fill }) => fill?.filled !== true);
      if (tags.nodes.length !== codes.length || waiting.length > 0) throw new Error(JSON.stringify(waiting));
    },
    { timeout: 120_000, interval: 50 },
  );
  return codes;
}
type Fill = { readonly filled: boolean; readonly done: number; readonly total: number };

/** Has a model tag computed anew as of an instant, and waits until customers show it. */
export async function refresh(ask: Ask, code: string, asOf: string): Promise<void> {
  const { answer } = await ask<{ answer: { position?: string; message?: string } }>(
    `mutation ($code: ID!, $asOf: DateTime!, $actor: ActorInput!) {
      answer: refreshTag(code: $code, asOf: $asOf, actor: $actor) { ... on TagRefreshed { position } ... on TagRefused { message } }
    }`,
    { code, asOf, actor },
  );
  if (answer.position === undefined) throw new Error(answer.message);
  // A refresh looks at every customer: on a busy machine that may take longer than a query waits.
  await vi.waitFor(
    () => ask("query ($position: Position!) { customers(first: 1, minPosition: $position) { totalCount } }", answer),
    { timeout: 120_000, interval: 50 },
  );
}

/** What tags say of every customer: by the id in `system`, then by code. Money as its amount; null where the customer has no value. */
export type TagTable = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

type Customer = {
  readonly identities: { readonly nodes: readonly { readonly system: string; readonly id: string }[] };
  readonly tags: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly code: string; readonly state: string; readonly value: Value | null }[];
  };
};
type Value = { readonly display: string; readonly money: { readonly amount: string } | null };

/** `at`: RFC 3339; default: now. Throws where a tag has no certain answer. */
export async function askTags(ask: Ask, system: string, codes: readonly string[], at?: string): Promise<TagTable> {
  const customers = await allNodes(
    ask,
    `query ($after: Cursor, $codes: [String!]!, $at: DateTime) {
      customers(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          identities(first: 5) { nodes { system id } }
          tags(first: 50, filter: { codes: $codes }, at: $at) { totalCount nodes { code state value { display money { amount } } } }
        }
      }
    }`,
    (data: { customers: Page<Customer> }) => data.customers,
    { codes, ...(at === undefined ? {} : { at }) },
  );
  return new Map(
    customers.map(({ identities, tags }) => {
      const known = identities.nodes.find(identity => identity.system === system);
      if (known === undefined || tags.totalCount !== codes.length || tags.nodes.length !== codes.length)
        throw new Error(JSON.stringify({ identities, tags }));
      for (const { code, state } of tags.nodes)
        if (state !== "PRESENT" && state !== "MISSING") throw new Error(`${code} of ${known.id}: ${state}`);
      return [
        known.id,
        Object.fromEntries(tags.nodes.map(({ code, value }) => [code, value?.money?.amount ?? value?.display ?? null])),
      ];
    }),
  );
}

/** Exact sum of decimal texts; missing ones count for nothing. */
export function sumOf(table: TagTable, code: string, decimals = 2): string {
  let sum = 0n;
  for (const tags of table.values()) {
    const [whole = "0", fraction = ""] = (tags[code] ?? "0").split(".");
    const magnitude = BigInt(whole.replace("-", "") + fraction.padEnd(decimals, "0"));
    sum += whole.startsWith("-") ? -magnitude : magnitude;
  }
  if (decimals === 0) return String(sum);
  const digits = String(sum < 0n ? -sum : sum).padStart(decimals + 1, "0");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export const countWhere = (
  table: TagTable,
  holds: (tags: Readonly<Record<string, string | null>>, id: string) => boolean,
): number => [...table].filter(([id, tags]) => holds(tags, id)).length;

/** How many customers have each value, most frequent first, then by value. */
export function counted(table: TagTable, code: string): [value: string, customers: number][] {
  const counts = new Map<string, number>();
  for (const tags of table.values()) {
    const value = tags[code];
    if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
