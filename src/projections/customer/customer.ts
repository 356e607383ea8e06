import type { Position } from "../../domain/event.ts";
import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { JsonObject, JsonScalar } from "../../domain/json.ts";
import type { Money } from "../../domain/money.ts";

/** Where a value comes from: the upstream system, when it was true, and the log position of the event that says so. */
export type Provenance = { readonly source: string; readonly occurredAt: Instant; readonly position: Position };

/**
 * An entity that several facts state in parts. Its own provenance is the newest of them; `older` names, for each part
 * last stated by an earlier fact, that fact, and null for a part no fact has stated yet (its value is a blank).
 */
export type Restated = Provenance & { readonly older?: Readonly<Record<string, Provenance | null>> };

export type Identity = Provenance & { readonly system: string; readonly id: string; readonly primary: boolean };
export type Attribute = Provenance & { readonly name: string; readonly value: JsonScalar };

/** `ref` is the account's key everywhere: `accountRef(system, id)`. */
export type Account = Restated & {
  readonly ref: string;
  readonly system: string;
  readonly id: string;
  readonly product: string | null;
  readonly currency: string | null;
  readonly status: "open" | "closed" | "unknown";
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly details: JsonObject;
};
export type Holding = Restated & {
  readonly instrument: string;
  readonly account: string | null;
  /** Exact decimal text. */
  readonly quantity: string;
  readonly value: Money | null;
};
export type Card = Restated & {
  readonly cardId: string;
  readonly account: string | null;
  readonly product: string | null;
  readonly status: "active" | "blocked" | "closed";
  readonly issuedAt: Instant;
  readonly details: JsonObject;
};
export type Loan = Restated & {
  readonly loanId: string;
  readonly account: string | null;
  readonly principal: Money | null;
  readonly payment: Money | null;
  readonly durationMonths: number | null;
  readonly status: string | null;
  readonly grantedAt: Instant;
  readonly details: JsonObject;
};
export type StandingOrder = Restated & {
  readonly orderId: string;
  readonly account: string | null;
  readonly amount: Money;
  readonly frequency: string | null;
  readonly purpose: string | null;
  readonly status: "active" | "ended";
  readonly details: JsonObject;
};
export type Preference = Provenance & { readonly name: string; readonly value: JsonScalar };
export type Consent = Provenance & {
  readonly channel: string;
  readonly purpose: string;
  readonly status: "granted" | "withdrawn";
};
/** Said by this customer's own stream: "I am `kind` of `customer` (or on `account`)". */
export type Relationship = Restated & {
  readonly relationshipId: string;
  readonly kind: string;
  readonly customer: CustomerId | null;
  readonly account: string | null;
  readonly status: "active" | "ended";
  readonly since: Instant;
  readonly until: Instant | null;
};

/** What the fold must not forget though the profile does not show it. Absent while there is nothing. */
export type Remembered = {
  /** Reversals and corrections of entries that came before their original: their position by event id of the original. */
  readonly reversals?: Readonly<Record<string, Position>>;
  /** The same of corrections of profile facts, by `type/event id` of the original. */
  readonly corrections?: Readonly<Record<string, Position>>;
  /** Removals and ends by `attribute/name`, `holding/…`, `standing-order/…`, `relationship/…`: earlier facts stay without effect. */
  readonly ends?: Readonly<Record<string, Provenance>>;
};

/** The merge that took a customer into another. */
export type MergedInto = Provenance & { readonly customer: CustomerId };

/** Somebody decided that another customer is not this one, though they share what has these digests. */
export type MergeRejection = Provenance & { readonly customer: CustomerId; readonly values: readonly string[] };

/** Everything bounded that is known of one customer; lists without bound (timeline, account entries) are rows of their own. */
export type Customer = {
  readonly id: CustomerId;
  /** Null while only facts about the customer, but not the registration, have arrived. */
  readonly registeredAt: Instant | null;
  readonly firstPosition: Position;
  readonly lastPosition: Position;
  readonly lastOccurredAt: Instant;
  readonly eventCount: number;
  readonly identities: readonly Identity[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly accounts: Readonly<Record<string, Account>>;
  readonly holdings: Readonly<Record<string, Holding>>;
  readonly cards: Readonly<Record<string, Card>>;
  readonly loans: Readonly<Record<string, Loan>>;
  readonly standingOrders: Readonly<Record<string, StandingOrder>>;
  readonly preferences: Readonly<Record<string, Preference>>;
  /** By `channel/purpose`. */
  readonly consents: Readonly<Record<string, Consent>>;
  readonly relationships: Readonly<Record<string, Relationship>>;
  readonly remembered?: Remembered;
  /** Of a merged customer there is nothing else: what is known of it stands in the survivor's profile. Absent unless merged. */
  readonly mergedInto?: MergedInto;
  /** By the other customer's id. Absent while there is none. */
  readonly rejections?: Readonly<Record<string, MergeRejection>>;
  /** The merge or split by which this became another set of events than its own stream's; 0 where none did. */
  readonly regroupedAt: Position;
};
