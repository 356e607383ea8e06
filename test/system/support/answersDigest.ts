import { createHash } from "node:crypto";
import { type Ask, allNodes, type Page } from "./graphqlClient.ts";

const profiles = /* GraphQL */ `
  query Profiles($after: Cursor) {
    customers(first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id customerId registeredAt eventCount lastPosition lastOccurredAt degraded
        identities(first: 5) { nodes { system id primary } }
        attributes(first: 30) { totalCount nodes { name value provenance { source occurredAt position } } }
        accounts(first: 2) {
          totalCount
          nodes {
            ref product status openedAt closedAt currency details
            balance { asOf computed position money { amount currency } }
            parties(first: 5) { nodes { relationshipId kind customerId status since } }
            balanceHistory(last: 10) { nodes { kind sequence position reversed balance { money { amount } } } }
          }
        }
        relationships(first: 10) { totalCount nodes { relationshipId kind direction otherCustomerId accountRef status } }
        cards(first: 5) { totalCount nodes { cardId product status issuedAt accountRef provenance { position } } }
        loans(first: 5) { totalCount nodes { loanId status principal { amount } durationMonths provenance { position } } }
        standingOrders(first: 10) { totalCount nodes { orderId purpose status amount { amount } details } }
        timeline(last: 20) { nodes { type occurredAt position event { eventId hash data flags } } }
      }
    }
  }
`;

const refusedFacts = /* GraphQL */ `
  query Refused($after: Cursor) {
    quarantine(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { quarantineId status position faults { code field } }
    }
  }
`;

/** One hash over what GraphQL answers about every customer and every refused fact: equal answers, equal hash. */
export async function answersDigest(ask: Ask): Promise<string> {
  const customers = await allNodes(ask, profiles, (data: { customers: Page<object> }) => data.customers);
  const refused = await allNodes(ask, refusedFacts, (data: { quarantine: Page<object> }) => data.quarantine);
  const hash = createHash("sha256");
  for (const node of [...customers, ...refused]) hash.update(`${JSON.stringify(node)}\n`);
  return hash.digest("hex");
}
