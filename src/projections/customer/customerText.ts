import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Customer } from "./customer.ts";

/** What every event of a customer changes, kept apart so that a payment does not rewrite the whole profile. */
export type Activity = {
  readonly lastPosition: Position;
  readonly lastOccurredAt: Instant;
  readonly eventCount: number;
  readonly regroupedAt: Position;
};

/**
 * The profile as canonical JSON, without the id and the activity: equal customers of one log have equal texts. Written
 * out field by field because copies with fields left out are several times slower.
 */
export const customerText = (customer: Customer): string =>
  JSON.stringify({
    registeredAt: customer.registeredAt,
    firstPosition: customer.firstPosition,
    identities: customer.identities,
    attributes: customer.attributes,
    accounts: customer.accounts,
    holdings: customer.holdings,
    cards: customer.cards,
    loans: customer.loans,
    standingOrders: customer.standingOrders,
    preferences: customer.preferences,
    consents: customer.consents,
    relationships: customer.relationships,
    remembered: customer.remembered,
    mergedInto: customer.mergedInto,
    rejections: customer.rejections,
  } satisfies Record<Exclude<keyof Customer, "id" | keyof Activity>, unknown>);

export function customerOf(id: Customer["id"], text: string, activity: Activity): Customer {
  const stored = JSON.parse(text) as Omit<Customer, "id" | keyof Activity>;
  return {
    id,
    registeredAt: stored.registeredAt,
    firstPosition: stored.firstPosition,
    lastPosition: activity.lastPosition,
    lastOccurredAt: activity.lastOccurredAt,
    eventCount: activity.eventCount,
    regroupedAt: activity.regroupedAt,
    identities: stored.identities,
    attributes: stored.attributes,
    accounts: stored.accounts,
    holdings: stored.holdings,
    cards: stored.cards,
    loans: stored.loans,
    standingOrders: stored.standingOrders,
    preferences: stored.preferences,
    consents: stored.consents,
    relationships: stored.relationships,
    ...(stored.remembered === undefined ? {} : { remembered: stored.remembered }),
    ...(stored.mergedInto === undefined ? {} : { mergedInto: stored.mergedInto }),
    ...(stored.rejections === undefined ? {} : { rejections: stored.rejections }),
  };
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
    before.remembered !== after.remembered ||
    before.mergedInto !== after.mergedInto ||
    before.rejections !== after.rejections
  );
}
