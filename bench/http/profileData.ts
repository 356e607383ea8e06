/** A customer of the comparison: 64 leaf values, about 1.5 kB of JSON. */
export type Profile = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly since: string;
  readonly status: string;
  readonly score: number;
  readonly tags: readonly string[];
  readonly accounts: readonly { readonly id: string; readonly currency: string; readonly balance: string }[];
  readonly transactions: readonly { readonly amount: string; readonly bookedAt: string }[];
  readonly relationships: readonly { readonly kind: string; readonly other: string }[];
  readonly segments: readonly { readonly name: string }[];
};

const list = <Item>(length: number, make: (index: number) => Item): Item[] =>
  Array.from({ length }, (_, index) => make(index));

/** The same customers in every process. */
export const profiles: readonly Profile[] = list(500, customer => ({
  id: `c${customer}`,
  name: `Customer Number ${customer}`,
  email: `customer.${customer}@bank.example`,
  since: "2019-04-01T00:00:00.000Z",
  status: customer % 2 === 0 ? "active" : "dormant",
  score: (customer * 7) % 100,
  tags: list(20, tag => `tag-${(customer * 31 + tag) % 200}`),
  accounts: list(3, account => ({
    id: `a${customer}-${account}`,
    currency: "CZK",
    balance: `${customer * account}.50`,
  })),
  transactions: list(10, day => ({ amount: `-${customer + day}.20`, bookedAt: `2024-01-${10 + day}T08:00:00.000Z` })),
  relationships: list(2, index => ({ kind: index === 0 ? "spouse" : "owner", other: `c${(customer + index) % 500}` })),
  segments: list(5, index => ({ name: `segment-${(customer + index) % 40}` })),
}));

export const profileById: ReadonlyMap<string, Profile> = new Map(profiles.map(profile => [profile.id, profile]));

export const profileQuery = `query Profile($id: ID!) {
  customer(id: $id) {
    id name email since status score tags
    accounts { id currency balance }
    transactions { amount bookedAt }
    relationships { kind other }
    segments { name }
  }
}`;

export const requestBody = (id: string): string => JSON.stringify({ query: profileQuery, variables: { id } });
