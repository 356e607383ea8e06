/** A page of a Relay connection, as far as a client needs it to go on. */
export type Page<Node> = {
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Node[];
};

/** A list asked for in one page that must have held all of it. */
export type WholeList<Node> = { readonly totalCount: number; readonly nodes: readonly Node[] };

/** Asks the server over HTTP. Throws with the errors of the answer: a partial answer is no answer. */
export type Ask = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

export const askAt =
  (url: string): Ask =>
  async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = (await response.json()) as { data?: never; errors?: unknown };
    if (!response.ok || answer.errors !== undefined || answer.data == null)
      throw new Error(`HTTP ${response.status}: ${JSON.stringify(answer.errors ?? answer).slice(0, 2000)}`);
    return answer.data;
  };

/** Every node of a list, page by page from `after`; the query takes $after. */
export async function allNodes<Data, Node>(
  ask: Ask,
  query: string,
  pageOf: (data: Data) => Page<Node>,
  { after = null, ...variables }: Readonly<Record<string, unknown>> = {},
): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let cursor = after; ; ) {
    const page = pageOf(await ask<Data>(query, { ...variables, after: cursor }));
    nodes.push(...page.nodes);
    if (
      page.totalCount !== undefined &&
      !page.pageInfo.hasNextPage &&
      after === null &&
      page.totalCount !== nodes.length
    )
      throw new Error(`the list says it has ${page.totalCount} entries and gave ${nodes.length}`);
    if (!page.pageInfo.hasNextPage) return nodes;
    cursor = page.pageInfo.endCursor;
  }
}

/** The nodes of a list that was asked for in one page. Throws when there are more. */
export function whole<Node>({ totalCount, nodes }: WholeList<Node>): readonly Node[] {
  if (totalCount !== nodes.length) throw new Error(`the page holds ${nodes.length} of ${totalCount} entries`);
  return nodes;
}
