import type { Product } from "./product.ts";

/** A decision as it stands in the log. */
export type Decided = {
  readonly position: string;
  /** When it was decided, and when that was in the log; RFC 3339. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly data: {
    readonly decisionId: string;
    readonly outcome: "send" | "skip" | "defer";
    readonly reason: string | null;
    readonly arm: string | null;
  };
};
type Page = {
  readonly nodes: readonly Decided[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
};

const inLog = `query ($type: String!, $campaign: String!, $after: Cursor) {
  page: events(first: 100, after: $after, filter: { types: [$type], correlationId: $campaign }) {
    nodes { position occurredAt recordedAt data } pageInfo { hasNextPage endCursor }
  }
}`;

/** All decisions of a campaign in order of the log. */
export async function decisionsOf({ ask }: Product, campaign: string): Promise<readonly Decided[]> {
  const found: Decided[] = [];
  for (let after: string | null = null; ; ) {
    const { page }: { page: Page } = await ask(inLog, {
      ...{ type: "campaign-decided", campaign: `campaign-${campaign}` },
      after,
    });
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}
