import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Card, Customer, Holding, Loan, Provenance } from "./customer.ts";
import { endedSince, forgetEnd, ownValue, rememberEnd, withEntity, withoutEntity } from "./entities.ts";
import { keyIn, moneyIn, optionalAccountIn } from "./factData.ts";
import { isNewer, nothingStated, restate } from "./restate.ts";

type DataOf<Type extends CustomerEvent["type"]> = Extract<CustomerEvent, { readonly type: Type }>["data"];

const holdingParts = ["account", "quantity"] as const;
const zero = /^[+-]?0+(\.0*)?$/;
const decimal = /^[+-]?\d+(\.\d+)?$/;

/** Quantity and value belong together: a new quantity without a value leaves the value unknown. "0" ends the holding. */
export function foldHolding(customer: Customer, data: DataOf<"holding-changed">, by: Provenance): Customer {
  const instrument = keyIn("instrument", data.instrument);
  if (!decimal.test(data.quantity)) throw new Error(`quantity: "${data.quantity}" is no decimal`);
  const key = `holding/${instrument}`;
  const standing = ownValue(customer.holdings, instrument);
  if (endedSince(customer, key, by)) return customer;
  if (zero.test(data.quantity)) {
    if (standing !== null && !isNewer(by, standing)) return customer;
    return rememberEnd(withoutEntity(customer, "holdings", instrument), key, by);
  }
  const account = optionalAccountIn("account", data.account);
  const value = data.value === undefined ? null : moneyIn("value", data.value);
  const blank: Holding = {
    instrument,
    account: null,
    quantity: "0",
    value: null,
    ...by,
    older: nothingStated(holdingParts),
  };
  const holding = restate(standing ?? blank, holdingParts, by, {
    ...(account === null ? {} : { account: { account } }),
    quantity: { quantity: data.quantity, value },
  });
  return withEntity(forgetEnd(customer, key), "holdings", instrument, holding);
}

const cardParts = ["account", "product", "details", "issuedAt", "status"] as const;

/** Until its issue is known, a card counts as issued at the first fact that mentions it. */
const cardOf = (customer: Customer, cardId: string, by: Provenance): Card =>
  ownValue(customer.cards, keyIn("cardId", cardId)) ?? {
    cardId,
    account: null,
    product: null,
    status: "active",
    issuedAt: by.occurredAt,
    details: {},
    ...by,
    older: nothingStated(cardParts),
  };

export function foldCardIssued(customer: Customer, data: DataOf<"card-issued">, by: Provenance): Customer {
  const account = optionalAccountIn("account", data.account);
  const card = restate(cardOf(customer, data.cardId, by), cardParts, by, {
    ...(account === null ? {} : { account: { account } }),
    ...(data.product === undefined ? {} : { product: { product: data.product } }),
    ...(data.details === undefined ? {} : { details: { details: data.details } }),
    issuedAt: { issuedAt: by.occurredAt },
    status: { status: "active" },
  });
  return withEntity(customer, "cards", data.cardId, card);
}

export function foldCardStatus(customer: Customer, data: DataOf<"card-status-changed">, by: Provenance): Customer {
  const card = restate(cardOf(customer, data.cardId, by), cardParts, by, { status: { status: data.status } });
  return withEntity(customer, "cards", data.cardId, card);
}

const loanParts = ["account", "principal", "payment", "durationMonths", "details", "grantedAt", "status"] as const;

/** Until its grant is known, a loan counts as granted at the first fact that mentions it. */
const loanOf = (customer: Customer, loanId: string, by: Provenance): Loan =>
  ownValue(customer.loans, keyIn("loanId", loanId)) ?? {
    loanId,
    account: null,
    principal: null,
    payment: null,
    durationMonths: null,
    status: null,
    grantedAt: by.occurredAt,
    details: {},
    ...by,
    older: nothingStated(loanParts),
  };

export function foldLoanGranted(customer: Customer, data: DataOf<"loan-granted">, by: Provenance): Customer {
  const account = optionalAccountIn("account", data.account);
  const loan = restate(loanOf(customer, data.loanId, by), loanParts, by, {
    ...(account === null ? {} : { account: { account } }),
    principal: { principal: moneyIn("principal", data.principal) },
    ...(data.payment === undefined ? {} : { payment: { payment: moneyIn("payment", data.payment) } }),
    ...(data.durationMonths === undefined ? {} : { durationMonths: { durationMonths: data.durationMonths } }),
    ...(data.details === undefined ? {} : { details: { details: data.details } }),
    grantedAt: { grantedAt: by.occurredAt },
    ...(data.status === undefined ? {} : { status: { status: data.status } }),
  });
  return withEntity(customer, "loans", data.loanId, loan);
}

export function foldLoanStatus(customer: Customer, data: DataOf<"loan-status-changed">, by: Provenance): Customer {
  const loan = restate(loanOf(customer, data.loanId, by), loanParts, by, { status: { status: data.status } });
  return withEntity(customer, "loans", data.loanId, loan);
}
