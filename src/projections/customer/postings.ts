import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { EntryKey, EntryRow } from "../readModels.ts";
import type { Customer } from "./customer.ts";
import { ownValue, remember } from "./entities.ts";
import { accountIn, moneyIn } from "./factData.ts";

/** What an event does to the entries of an account. */
export type Posting =
  | { readonly kind: "entry"; readonly account: string; readonly entry: EntryRow }
  | { readonly kind: "reversal"; readonly account: string; readonly of: EntryKey; readonly by: Position };

type DataOf<Type extends CustomerEvent["type"]> = Extract<CustomerEvent, { readonly type: Type }>["data"];

/**
 * `before`: the customer before the event, who may remember that this entry was reversed before it came. `original`:
 * for a reversal or correction, the event it names if that stands earlier in the log. `isOwn`: whether a stream is this
 * customer's, as those of customers merged into it are. Throws on figures that are not exact.
 */
export function postingsOf(
  before: Customer | null,
  event: RecordedEvent,
  original: RecordedEvent | null,
  isOwn: (stream: string) => boolean = stream => stream === event.stream,
): readonly Posting[] {
  switch (event.type) {
    case "transaction-posted":
      return [transactionEntry(before, event), ...correctionOf(event, original, isOwn)];
    case "balance-reported":
      return [balanceEntry(before, event), ...correctionOf(event, original, isOwn)];
    case "transaction-reversed":
      return original === null ? [] : [reversalOf(event, original, isOwn)];
    default:
      return [];
  }
}

function transactionEntry(before: Customer | null, event: RecordedEvent): Posting {
  const data = event.data as DataOf<"transaction-posted">;
  const { minorUnits, currency } = moneyIn("amount", data.amount);
  if (minorUnits < 0) throw new Error("amount: below zero; the direction gives the sign");
  const balance = data.balanceAfter === undefined ? null : moneyIn("balanceAfter", data.balanceAfter);
  if (balance !== null && balance.currency !== currency) {
    throw new Error(`balanceAfter: in ${balance.currency}, but the amount is in ${currency}`);
  }
  return {
    kind: "entry",
    account: accountIn("account", data.account),
    entry: {
      occurredAt: event.occurredAt,
      sequence: sequenceOf(data.sequence),
      position: event.position,
      kind: "transaction",
      transactionId: data.transactionId ?? event.sourceEventId,
      amount: signed(data.direction, minorUnits),
      reportedBalance: balance === null ? null : balance.minorUnits,
      currency,
      reversedBy: before === null ? null : earlyReversal(before, event.eventId),
    },
  };
}

function balanceEntry(before: Customer | null, event: RecordedEvent): Posting {
  const data = event.data as DataOf<"balance-reported">;
  const { minorUnits, currency } = moneyIn("balance", data.balance);
  return {
    kind: "entry",
    account: accountIn("account", data.account),
    entry: {
      occurredAt: event.occurredAt,
      sequence: sequenceOf(data.sequence),
      position: event.position,
      kind: "balance",
      transactionId: null,
      amount: null,
      reportedBalance: minorUnits,
      currency,
      reversedBy: before === null ? null : earlyReversal(before, event.eventId),
    },
  };
}

/** The event id decides what is reversed; a reversal of anything but this customer's own transaction cannot be right. */
function reversalOf(event: RecordedEvent, original: RecordedEvent, isOwn: (stream: string) => boolean): Posting {
  if (original.type !== "transaction-posted" || !isOwn(original.stream)) {
    throw new Error(`corrects: event ${original.eventId} is no transaction of this customer`);
  }
  return endOf(original, event.position);
}

/** A correction stands in the place of the entry it names. Of anything else than an own fact of its kind it corrects nothing. */
const correctionOf = (
  event: RecordedEvent,
  original: RecordedEvent | null,
  isOwn: (stream: string) => boolean,
): readonly Posting[] =>
  original !== null && original.type === event.type && isOwn(original.stream) ? [endOf(original, event.position)] : [];

function endOf(original: RecordedEvent, by: Position): Posting {
  const { account, sequence } = original.data as DataOf<"transaction-posted" | "balance-reported">;
  const of = { occurredAt: original.occurredAt, sequence: sequenceOf(sequence), position: original.position };
  return { kind: "reversal", account: accountIn("account", account), of, by };
}

/** Remembers a reversal or correction whose original is yet to come; the first one counts. */
export function rememberReversal(customer: Customer, event: RecordedEvent): Customer {
  if (event.corrects === null) throw new Error("corrects: the reversed transaction is not named");
  if (earlyReversal(customer, event.corrects) !== null) return customer;
  const reversals = { ...customer.remembered?.reversals, [event.corrects]: event.position };
  return remember(customer, { ...customer.remembered, reversals });
}

/** An entry that may settle what waits for it, and may itself correct one that is yet to come. */
export function foldEntry(customer: Customer, event: RecordedEvent, original: RecordedEvent | null): Customer {
  const settled = settleReversal(customer, event.eventId);
  return event.corrects === null || original !== null ? settled : rememberReversal(settled, event);
}

/** The remembered reversal has found its original and is forgotten. */
function settleReversal(customer: Customer, eventId: string): Customer {
  if (earlyReversal(customer, eventId) === null) return customer;
  const { [eventId]: _, ...reversals } = customer.remembered?.reversals ?? {};
  return remember(customer, { ...customer.remembered, reversals });
}

const earlyReversal = (customer: Customer, eventId: string): Position | null =>
  customer.remembered?.reversals === undefined ? null : ownValue(customer.remembered.reversals, eventId);

function sequenceOf(sequence: number | undefined): number {
  if (sequence === undefined) return 0;
  if (!Number.isSafeInteger(sequence)) throw new Error("sequence: no exact integer");
  return sequence;
}

function signed(direction: "credit" | "debit", minorUnits: number): number {
  if (direction === "credit") return minorUnits;
  if (direction === "debit") return minorUnits === 0 ? 0 : -minorUnits;
  throw new Error(`direction: "${String(direction)}" is neither credit nor debit`);
}
