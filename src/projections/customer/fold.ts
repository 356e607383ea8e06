import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import { foldAccountClosed, foldAccountOpened, mentionAccount } from "./accounts.ts";
import { foldAttributes, foldIdentity } from "./attributes.ts";
import { foldConsent, foldPreference } from "./consents.ts";
import { awaitsCorrected, isCorrection, rememberCorrection, settleCorrection } from "./corrections.ts";
import type { Customer } from "./customer.ts";
import { provenanceOf } from "./factData.ts";
import { foldEntry, rememberReversal } from "./postings.ts";
import { foldCardIssued, foldCardStatus, foldHolding, foldLoanGranted, foldLoanStatus } from "./products.ts";
import { foldRejection } from "./rejections.ts";
import { foldRelationshipEnded, foldRelationshipEstablished } from "./relationships.ts";
import { foldOrderEnded, foldOrderSet } from "./standingOrders.ts";

/**
 * The customer after one more event of its stream, in log order. Pure: the argument is left as it was. Of what two facts
 * say about the same thing the one that was true later stands (same instant: the one learned later). `original`: for a
 * reversal or correction, the event it names if that stands earlier in the log. `replaced`: a correction stands in the place of this
 * event, which counts as told and says nothing; of an `original` that said something already the fold has to be made anew. Throws when
 * the event cannot be folded.
 */
export function foldCustomer(
  customer: Customer | null,
  event: RecordedEvent,
  original: RecordedEvent | null = null,
  replaced = false,
): Customer {
  const before = customer ?? newcomer(idOf(event), event.position, event.occurredAt);
  const said = foldFact(before, event, original);
  const awaited = awaitsCorrected(before, event);
  const stands = awaited ? settleCorrection(before, event) : replaced ? before : said;
  const after = isCorrection(event) && original === null ? rememberCorrection(stands, event) : stands;
  return {
    ...after,
    lastPosition: event.position,
    lastOccurredAt: Math.max(before.lastOccurredAt, event.occurredAt),
    eventCount: before.eventCount + 1,
  };
}

function foldFact(customer: Customer, event: RecordedEvent, original: RecordedEvent | null): Customer {
  const by = () => provenanceOf(event);
  // The door has validated `data` against the schema of `type`; types this union does not know fall through below.
  const fact = event as unknown as CustomerEvent;
  switch (fact.type) {
    case "transaction-posted":
    case "balance-reported":
      return foldEntry(mentionAccount(customer, fact.data.account, by), event, original);
    case "transaction-reversed":
      return original === null ? rememberReversal(customer, event) : customer;
    case "identity-linked":
      return foldIdentity(customer, fact.data, by());
    case "customer-registered":
      return foldAttributes(registered(customer, event.occurredAt), fact.data.attributes, by());
    case "customer-attributes-changed":
      return foldAttributes(customer, fact.data.attributes, by());
    case "account-opened":
      return foldAccountOpened(customer, fact.data, by());
    case "account-closed":
      return foldAccountClosed(customer, fact.data, by());
    case "holding-changed":
      return foldHolding(customer, fact.data, by());
    case "card-issued":
      return foldCardIssued(customer, fact.data, by());
    case "card-status-changed":
      return foldCardStatus(customer, fact.data, by());
    case "loan-granted":
      return foldLoanGranted(customer, fact.data, by());
    case "loan-status-changed":
      return foldLoanStatus(customer, fact.data, by());
    case "standing-order-set":
      return foldOrderSet(customer, fact.data, by());
    case "standing-order-ended":
      return foldOrderEnded(customer, fact.data, by());
    case "preference-set":
      return foldPreference(customer, fact.data, by());
    case "consent-granted":
      return foldConsent(customer, fact.data, "granted", by());
    case "consent-withdrawn":
      return foldConsent(customer, fact.data, "withdrawn", by());
    case "relationship-established":
      return foldRelationshipEstablished(customer, fact.data, by());
    case "relationship-ended":
      return foldRelationshipEnded(customer, fact.data, by());
    case "merge-proposal-rejected":
      return foldRejection(customer, fact.data, by());
    case "identity-merged":
    case "identity-split":
      return customer; // whose events are folded is the engine's to see to, and what they do to consents `foldGroup`'s
    default:
      return everyKnownTypeIsFolded(fact, customer);
  }
}

/** Types that live in a schema file only: counted, in the timeline, nothing more. Forgetting a known type stops compiling here. */
const everyKnownTypeIsFolded = (_none: never, customer: Customer): Customer => customer;

/** Several systems may each register the same person; a customer is one since the first. */
const registered = (customer: Customer, at: Instant): Customer => ({
  ...customer,
  registeredAt: customer.registeredAt === null ? at : Math.min(customer.registeredAt, at),
});

/** A customer of whom no event has been folded: also what shows of one whose very first event cannot be. */
export const newcomer = (id: CustomerId, position: Position, occurredAt: Instant): Customer => ({
  id,
  registeredAt: null,
  firstPosition: position,
  lastPosition: position,
  lastOccurredAt: occurredAt,
  eventCount: 0,
  identities: [],
  attributes: {},
  accounts: {},
  holdings: {},
  cards: {},
  loans: {},
  standingOrders: {},
  preferences: {},
  consents: {},
  relationships: {},
  regroupedAt: 0,
});

function idOf({ stream }: RecordedEvent): CustomerId {
  const id = customerOfStream(stream);
  if (id === null) throw new Error(`stream "${stream}" is no customer's`);
  return id;
}
