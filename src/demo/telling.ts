import type { Actor } from "../domain/event.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { formatMinorUnits } from "../domain/money.ts";
import type { Fact, FactSubject } from "../intake/fact.ts";
import { type Account, isOpenAt, minorDigits } from "./account.ts";
import { instantText, type Second } from "./calendar.ts";
import type { Draw } from "./draw.ts";
import type { BankParameters } from "./parameters.ts";
import type { Person } from "./person.ts";

/** A fact and when it reaches us: facts are handed on in order of arrival. */
export type Entry = { readonly arrives: Second; readonly fact: Fact };

/** The story of one neighbourhood while it is being told. */
export type Telling = { readonly parameters: BankParameters; readonly draw: Draw; readonly entries: Entry[] };

type Extra = { readonly actor?: Actor; readonly correlationId?: string; readonly subject?: FactSubject };

/** A fact about a customer. What would happen at or after `until` is not told; returns whether it was. */
export function tell(
  { parameters, entries }: Telling,
  person: Person,
  at: Second,
  source: string,
  type: string,
  data: JsonObject,
  { subject = person.subject, ...extra }: Extra = {},
): boolean {
  if (at >= parameters.until) return false;
  const id = `${person.ref.id}.${person.nextFact++}`;
  entries.push({ arrives: at, fact: { id, source, type, subject, occurredAt: instantText(at), data, ...extra } });
  return true;
}

export type Movement = {
  readonly at: Second;
  readonly direction: "credit" | "debit";
  /** Minor units of the account's currency, above zero. */
  readonly amount: number;
  readonly operation: string;
  readonly purpose?: string;
  readonly mcc?: string;
  readonly merchant?: string;
  readonly cardId?: string;
  readonly counterparty?: string;
  readonly description?: string;
  readonly details?: JsonObject;
};

/** A transaction, told and taken into the balance. Nothing happens while the account is not open; returns whether it did. */
export function post(
  { parameters, entries }: Telling,
  account: Account,
  { at, direction, amount, ...rest }: Movement,
  correlationId?: string,
): boolean {
  if (at >= parameters.until || at <= parameters.since || !isOpenAt(account, at)) return false;
  account.balance += direction === "credit" ? amount : -amount;
  const fact: Fact = {
    id: `${account.ref.id}.${account.nextFact++}`,
    source: "core",
    type: "transaction-posted",
    subject: account.subject,
    occurredAt: instantText(at),
    data: { account: account.ref, direction, amount: money(account, amount), ...(rest as JsonObject) },
    ...(correlationId === undefined ? {} : { correlationId }),
  };
  entries.push({ arrives: at, fact });
  return true;
}

type Transfer = {
  readonly from: Account;
  readonly to: Account;
  readonly at: Second;
  readonly amount: number;
  readonly operation: string;
  readonly purpose?: string;
  readonly description?: string;
};

/** Both legs of a payment between two accounts of this bank, tied by a correlation id; or neither. */
export function transfer(telling: Telling, { from, to, at, ...rest }: Transfer): boolean {
  if (from === to || from.currency !== to.currency || !isOpenAt(from, at) || !isOpenAt(to, at)) return false;
  const correlationId = `transfer-${from.ref.id}.${from.nextFact}`;
  return (
    post(telling, from, { at, direction: "debit", counterparty: to.ref.id, ...rest }, correlationId) &&
    post(telling, to, { at, direction: "credit", counterparty: from.ref.id, ...rest }, correlationId)
  );
}

/** The balance as it stands after everything posted so far: post no movement before `at` afterwards. */
export function reportBalance({ parameters, entries }: Telling, account: Account, at: Second): void {
  if (at >= parameters.until) return;
  const fact: Fact = {
    id: `${account.ref.id}.${account.nextFact++}`,
    source: "core",
    type: "balance-reported",
    subject: account.subject,
    occurredAt: instantText(at),
    data: { account: account.ref, balance: money(account, account.balance) },
  };
  entries.push({ arrives: at, fact });
}

export const money = ({ currency }: Pick<Account, "currency">, minorUnits: number): JsonValue => ({
  amount: formatMinorUnits(minorUnits, minorDigits[currency]),
  currency,
});

export const euros = (cents: number): JsonValue => money({ currency: "EUR" }, cents);
