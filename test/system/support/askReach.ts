import type { Ask } from "./graphqlClient.ts";

/** How far the log goes and the answers reflect it, how many customers and refused facts there are. */
export type Reach = {
  readonly logId: string;
  readonly head: string;
  readonly position: string;
  readonly customers: number;
  readonly refused: number;
};

export async function askReach(ask: Ask): Promise<Reach> {
  const { log, customers, quarantine } = await ask<{
    log: { logId: string; head: string; position: string };
    customers: { totalCount: number };
    quarantine: { nodes: readonly object[] };
  }>(/* GraphQL */ `
    {
      log { logId head position }
      customers(first: 0) { totalCount }
      quarantine(first: 100) { nodes { quarantineId } }
    }
  `);
  return { ...log, customers: customers.totalCount, refused: quarantine.nodes.length };
}
