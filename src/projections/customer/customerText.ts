import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Customer } from "./customer.ts";

/** What every event of a customer changes, kept apart so that a payment does not rewrite the whole profile. */
export type Activity = {
  readonly lastPosition: Position;
  readonly lastOccurredAt: Instant;
  readonly eventCount: number;
};

/** The profile as canonical JSON, without the id and the activity. Equal customers of one log have equal texts. */
export function customerText(customer: Customer): string {
  const { id: _id, lastPosition: _p, lastOccurredAt: _o, eventCount: _c, remembered, ...profile } = customer;
  // `remembered` comes and goes; at the end it leaves the order of the other keys alone.
  return JSON.stringify(remembered === undefined ? profile : { ...profile, remembered });
}

export function customerOf(id: Customer["id"], text: string, activity: Activity): Customer {
  const { registeredAt, firstPosition, ...parts } = JSON.parse(text) as Omit<Customer, "id" | keyof Activity>;
  const { lastPosition, lastOccurredAt, eventCount } = activity;
  return { id, registeredAt, firstPosition, lastPosition, lastOccurredAt, eventCount, ...parts };
}

/** Whether anything but the activity differs. The fold shares what it does not change, so identity is enough. */
export function profileChanged(before: Customer | null, after: Customer): boolean {
  return (
    before === null ||
    before.registeredAt !== after.registeredAt ||
    before.firstPosition !== after.firstPosition ||
    before.identities !== after.identities ||
    before.attributes !== after.attributes ||
    before.accounts !== after.accounts ||
    before.holdings !== after.holdings ||
    before.cards !== after.cards ||
    before.loans !== after.loans ||
    before.standingOrders !== after.standingOrders ||
    before.preferences !== after.preferences ||
    before.consents !== after.consents ||
    before.relationships !== after.relationships ||
    before.remembered !== after.remembered
  );
}
