/** What GraphiQL opens with, one tab each; the command line prints them too. They must work on any data. */
export const startQueries: readonly { readonly title: string; readonly query: string }[] = [
  {
    title: "A page of customers, with their accounts and balances",
    query: `# Customers in the order in which they first appeared. For the next page, pass pageInfo.endCursor as "after".
query Customers {
  customers(first: 5) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      registeredAt
      degraded
      accounts(first: 3) {
        nodes {
          system
          accountId
          product
          balance {
            money {
              amount
              currency
            }
            asOf
            computed
          }
        }
      }
    }
  }
}
`,
  },
  {
    title: "One customer whole, each value with the event it comes from",
    query: `# The newest customer's profile. Name another one by customer(id:), customer(identity:) or customer(account:).
query Profile {
  customers(last: 1) {
    nodes {
      id
      identities {
        nodes {
          system
          id
          primary
        }
      }
      attributes {
        nodes {
          name
          value
          provenance {
            source
            occurredAt
            position
          }
        }
      }
      relationships {
        nodes {
          kind
          direction
          status
          customer {
            id
          }
        }
      }
      timeline(first: 10, order: NEWEST_FIRST) {
        nodes {
          occurredAt
          type
          event {
            eventId
            data
          }
        }
      }
    }
  }
}
`,
  },
  {
    title: "The log itself, as an auditor reads it",
    query: `# Every fact is an immutable event in a hash chain; nothing here was ever changed.
query Audit {
  log {
    head
    position
  }
  events(first: 10, filter: { types: ["transaction-posted"] }) {
    pageInfo {
      endCursor
    }
    nodes {
      position
      stream
      type
      occurredAt
      recordedAt
      source
      actor {
        kind
        id
      }
      data
      hash
    }
  }
}
`,
  },
  {
    title: "Tags: what there is, and what they say of a customer",
    query: `# Every value comes with the instant until which it holds and the events behind it. Ask for the past by customer(asOf:, knownAt:).
query Tags {
  tags(first: 10) {
    totalCount
    nodes {
      code
      name
      kind
      status
      current {
        sentence
      }
      spread {
        covered
        customers
      }
    }
  }
  customers(last: 1) {
    nodes {
      id
      tags(first: 10) {
        nodes {
          code
          state
          value {
            display
          }
          validUntil
          explain {
            arithmetic
            nextChange
            evidence(first: 3) {
              totalCount
              nodes {
                eventId
                occurredAt
              }
            }
          }
        }
      }
    }
  }
}
`,
  },
];
