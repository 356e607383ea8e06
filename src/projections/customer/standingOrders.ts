import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Customer, Provenance, StandingOrder } from "./customer.ts";
import { endOf, forgetEnd, ownValue, rememberEnd, withEntity } from "./entities.ts";
import { keyIn, moneyIn, optionalAccountIn } from "./factData.ts";
import { isNewer, nothingStated, restate } from "./restate.ts";

type DataOf<Type extends CustomerEvent["type"]> = Extract<CustomerEvent, { readonly type: Type }>["data"];
const parts = ["account", "amount", "frequency", "purpose", "details", "status"] as const;

export function foldOrderSet(customer: Customer, data: DataOf<"standing-order-set">, by: Provenance): Customer {
  const orderId = keyIn("orderId", data.orderId);
  const key = `standing-order/${orderId}`;
  const amount = moneyIn("amount", data.amount);
  const account = optionalAccountIn("account", data.account);
  const order = restate(ownValue(customer.standingOrders, orderId) ?? blank(orderId, amount, by), parts, by, {
    ...(account === null ? {} : { account: { account } }),
    amount: { amount },
    ...(data.frequency === undefined ? {} : { frequency: { frequency: data.frequency } }),
    ...(data.purpose === undefined ? {} : { purpose: { purpose: data.purpose } }),
    ...(data.details === undefined ? {} : { details: { details: data.details } }),
    status: { status: "active" },
  });
  const end = endOf(customer, key);
  const settled = end === null ? order : restate(order, parts, end, { status: { status: "ended" } });
  return withEntity(forgetEnd(customer, key), "standingOrders", orderId, settled);
}

/** An end that comes before its order waits for it: an order without an amount would be no order. */
export function foldOrderEnded(customer: Customer, data: DataOf<"standing-order-ended">, by: Provenance): Customer {
  const orderId = keyIn("orderId", data.orderId);
  const order = ownValue(customer.standingOrders, orderId);
  if (order !== null) {
    const ended = restate(order, parts, by, { status: { status: "ended" } });
    return withEntity(customer, "standingOrders", orderId, ended);
  }
  const key = `standing-order/${orderId}`;
  const waiting = endOf(customer, key);
  return waiting !== null && !isNewer(by, waiting) ? customer : rememberEnd(customer, key, by);
}

const blank = (orderId: string, amount: StandingOrder["amount"], by: Provenance): StandingOrder => ({
  orderId,
  account: null,
  amount,
  frequency: null,
  purpose: null,
  status: "active",
  details: {},
  ...by,
  older: nothingStated(parts),
});
