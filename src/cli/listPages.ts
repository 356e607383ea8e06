import type { Ask } from "./applyDefinitions.ts";

/** Walks through all pages of a list of the API; gives how many there were. */
export async function listPages<Row>(
  ask: Ask,
  list: string,
  fields: string,
  told: (row: Row) => void,
): Promise<number> {
  type Page = {
    readonly nodes: Row[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
  let count = 0;
  for (let after: string | null = null; ; ) {
    const { page }: { page: Page } = await ask(
      `query ($after: Cursor) {
        page: ${list}(first: 100, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }
      }`,
      { after },
    );
    for (const row of page.nodes) told(row);
    count += page.nodes.length;
    if (!page.pageInfo.hasNextPage) return count;
    after = page.pageInfo.endCursor;
  }
}
