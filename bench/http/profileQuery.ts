/** A customer's page in a front end: about 70 leaf values, 2 to 3 kB of JSON. */
const profileQuery = `query Profile($id: ID!) {
  customer(id: $id) {
    customerId
    registeredAt
    attributes { nodes { name value } }
    accounts { nodes { ref product status balance { money { amount currency } asOf } } }
    timeline(first: 10, order: NEWEST_FIRST) { nodes { type occurredAt } }
    relationships { nodes { kind direction otherCustomerId } }
    consents { nodes { channel purpose status } }
    preferences { nodes { name value } }
  }
}`;

export const requestBody = (id: string): string => JSON.stringify({ query: profileQuery, variables: { id } });
