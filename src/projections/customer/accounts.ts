import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Account, Customer, Provenance } from "./customer.ts";
import { ownValue, withEntity } from "./entities.ts";
import { accountIn } from "./factData.ts";
import { nothingStated, restate, type Statements } from "./restate.ts";

const parts = ["product", "currency", "details", "openedAt", "status"] as const;
type Part = (typeof parts)[number];
type DataOf<Type extends CustomerEvent["type"]> = Extract<CustomerEvent, { readonly type: Type }>["data"];

export const foldAccountOpened = (customer: Customer, data: DataOf<"account-opened">, by: Provenance): Customer =>
  restateAccount(customer, data.account, by, {
    ...(data.product === undefined ? {} : { product: { product: data.product } }),
    ...(data.currency === undefined ? {} : { currency: { currency: data.currency } }),
    ...(data.details === undefined ? {} : { details: { details: data.details } }),
    openedAt: { openedAt: by.occurredAt },
    status: { status: "open", closedAt: null },
  });

export const foldAccountClosed = (customer: Customer, data: DataOf<"account-closed">, by: Provenance): Customer =>
  restateAccount(customer, data.account, by, { status: { status: "closed", closedAt: by.occurredAt } });

/** A movement on an account nobody has opened yet: it exists, and that is all we know of it. */
export const mentionAccount = (customer: Customer, ref: string, by: () => Provenance): Customer =>
  Object.hasOwn(customer.accounts, ref) ? customer : withEntity(customer, "accounts", ref, unknownAccount(ref, by()));

function restateAccount(
  customer: Customer,
  rawRef: string,
  by: Provenance,
  statements: Statements<Account, Part>,
): Customer {
  const ref = accountIn("account", rawRef);
  const standing = ownValue(customer.accounts, ref) ?? unknownAccount(ref, by);
  return withEntity(customer, "accounts", ref, restate(standing, parts, by, statements));
}

function unknownAccount(rawRef: string, by: Provenance): Account {
  const ref = accountIn("account", rawRef);
  const slash = ref.indexOf("/");
  return {
    ref,
    system: ref.slice(0, slash),
    id: ref.slice(slash + 1),
    product: null,
    currency: null,
    status: "unknown",
    openedAt: null,
    closedAt: null,
    details: {},
    ...by,
    older: nothingStated(parts),
  };
}
