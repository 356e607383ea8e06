import type { Product } from "./product.ts";
import type { Customer } from "./world.ts";

type Node = {
  readonly identities: { readonly nodes: readonly { readonly system: string; readonly id: string }[] };
  readonly attribute: { readonly value: string } | null;
  readonly accounts: {
    readonly nodes: readonly { readonly accountId: string; readonly product: string | null; readonly status: string }[];
  };
};
type Page = {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
};

/** Every customer of the bank, as the product knows them. */
export async function customersOf({ ask }: Product): Promise<readonly Customer[]> {
  const customers: Customer[] = [];
  for (let after: string | null = null; ; ) {
    const { page }: { page: Page } = await ask(
      `query ($after: Cursor) {
        page: customers(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes {
            identities(first: 5) { nodes { system id } }
            attribute(name: "segment") { value }
            accounts(first: 10) { nodes { accountId product status } }
          }
        }
      }`,
      { after },
    );
    for (const { identities, attribute, accounts } of page.nodes) {
      const crm = identities.nodes.find(({ system }) => system === "crm")?.id;
      if (crm === undefined) continue;
      const open = accounts.nodes.filter(({ status }) => status === "OPEN");
      customers.push({
        crm,
        account: open.find(({ product }) => product?.startsWith("current") === true)?.accountId ?? null,
        savings: open.some(({ product }) => product === "savings"),
        kind: attribute?.value ?? null,
      });
    }
    if (!page.pageInfo.hasNextPage) return customers;
    after = page.pageInfo.endCursor;
  }
}
