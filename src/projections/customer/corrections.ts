import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { Customer } from "./customer.ts";
import { endedType } from "./endedType.ts";
import { ownValue, remember } from "./entities.ts";

/**
 * Facts that, once corrected, the profile is made without. Entries of accounts are shown with what ended them instead, and by whose id
 * a customer is found was told to the door.
 */
const replaceable: ReadonlySet<string> = new Set<CustomerEvent["type"]>([
  "customer-registered",
  "customer-attributes-changed",
  "account-opened",
  "account-closed",
  "holding-changed",
  "card-issued",
  "card-status-changed",
  "loan-granted",
  "loan-status-changed",
  "standing-order-set",
  "standing-order-ended",
  "preference-set",
  "consent-granted",
  "consent-withdrawn",
  "relationship-established",
  "relationship-ended",
]);

export const isReplaceable = (type: string): boolean => replaceable.has(type);

/** Whether the fact is told in the place of an earlier one of the profile. */
export const isCorrection = ({ type, corrects }: RecordedEvent): boolean => corrects !== null && isReplaceable(type);

/** Of all events of one customer, those in whose place another one of them stands, whichever came first. */
export function replacedAmong(events: readonly RecordedEvent[]): ReadonlySet<Position> {
  const corrected = new Set(events.filter(isCorrection).map(({ type, corrects }) => keyOf(endedType(type), corrects)));
  const replaced = new Set<Position>();
  if (corrected.size === 0) return replaced;
  for (const { type, eventId, position } of events) if (corrected.has(keyOf(type, eventId))) replaced.add(position);
  return replaced;
}

export const awaitsCorrected = ({ remembered }: Customer, { type, eventId }: RecordedEvent): boolean =>
  remembered?.corrections !== undefined && ownValue(remembered.corrections, keyOf(type, eventId)) !== null;

/** Remembers a correction that came before what it corrects. */
export function rememberCorrection(customer: Customer, { type, corrects, position }: RecordedEvent): Customer {
  const corrections = { ...customer.remembered?.corrections, [keyOf(endedType(type), corrects)]: position };
  return remember(customer, { ...customer.remembered, corrections });
}

/** What the remembered correction waited for has come. */
export function settleCorrection(customer: Customer, { type, eventId }: RecordedEvent): Customer {
  const { [keyOf(type, eventId)]: _, ...corrections } = customer.remembered?.corrections ?? {};
  return remember(customer, { ...customer.remembered, corrections });
}

const keyOf = (type: string, eventId: string | null): string => `${type}/${eventId}`;
