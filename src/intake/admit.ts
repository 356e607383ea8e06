import type { Actor, NewEvent } from "../domain/event.ts";
import type { AppendRequest, Claim } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import { type CustomerId, type EventId, sourceStream } from "../domain/ids.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { FactCatalogue } from "./catalogue.ts";
import { checkEnvelope } from "./checkEnvelope.ts";
import type { ExternalRef, Fact } from "./fact.ts";
import type { FactSchema } from "./factSchema.ts";
import { firstContact } from "./firstContact.ts";
import { eventIdOf, type IdSecret } from "./identify.ts";
import type { IdentityView } from "./identityBook.ts";
import { identityFaults, type Mention } from "./identityFaults.ts";
import { accountClaim, type CustomerPlace, identityClaim, type Whereabouts } from "./whereabouts.ts";

export type AdmitContext = {
  readonly now: Instant;
  /** How far ahead of `now` a fact may have occurred, in milliseconds, where its type is not about the future. */
  readonly maxFutureMs: number;
  readonly catalogue: FactCatalogue;
  readonly secret: IdSecret;
  readonly where: Whereabouts;
  readonly identities: IdentityView;
  readonly actor?: Actor | undefined;
  readonly correlationId?: string | undefined;
};

/** A fact that may go into the log, with the request that puts it there: the fact is the last event of it. */
export type Admitted = {
  readonly kind: "admitted";
  readonly request: AppendRequest;
  readonly eventId: EventId;
  readonly customerId: CustomerId | null;
  readonly flags: readonly string[];
  /** The stream that the request creates. */
  readonly created: string | null;
  /** The customers that the data names, in the order of their places. */
  readonly mentions: readonly Mention[];
  readonly corrects: EventId | null;
};
export type Refused = { readonly kind: "refused"; readonly faults: readonly Fault[] };

/** Decides whether a fact is taken, as what and where. Looks at everything that can be wrong before it refuses. */
export function admit(fact: Fact, context: AdmitContext): Admitted | Refused {
  const faults: Fault[] = [];
  const occurredAt = checkEnvelope(fact, faults);
  const schema = typeof fact.type === "string" ? context.catalogue.find(fact.type, fact.schemaVersion) : undefined;
  if (schema === undefined) addUnknownType(fact, context.catalogue, faults);
  else {
    if (!faults.some(fault => fault.field === "data")) faults.push(...schema.check(fact.data));
    checkAgainstType(fact, schema, occurredAt, context, faults);
  }
  if (faults.length > 0 || schema === undefined) return { kind: "refused", faults };

  const place = placeOf(fact, schema, context);
  if (place !== null && "field" in place) return { kind: "refused", faults: [place] };
  const admitted = write(fact, schema, occurredAt, place, context);
  const unfit = identityFaults(fact, schema, place, admitted, context);
  return unfit.length > 0 ? { kind: "refused", faults: unfit } : admitted;
}

function addUnknownType({ type, schemaVersion }: Fact, catalogue: FactCatalogue, faults: Fault[]): void {
  if (faults.some(fault => fault.field === "type" || fault.field === "schemaVersion")) return;
  const newest = catalogue.find(type);
  faults.push(
    newest === undefined
      ? { field: "type", code: "unknown-type", message: `there is no fact type "${type}" in the catalogue` }
      : {
          field: "schemaVersion",
          code: "unknown-version",
          message: `${type} has versions 1 to ${newest.version}; got ${schemaVersion}`,
        },
  );
}

function checkAgainstType(
  { subject, corrects, correctsEvent, data }: Fact,
  schema: FactSchema,
  occurredAt: Instant,
  { now, maxFutureMs }: AdmitContext,
  faults: Fault[],
): void {
  if (!schema.future && occurredAt > now + maxFutureMs)
    faults.push({
      field: "occurredAt",
      code: "occurred-in-future",
      message: `${formatInstant(occurredAt)} is more than ${maxFutureMs / 3_600_000} hours after ${formatInstant(now)}`,
    });
  if (schema.needsCorrects && corrects === undefined && correctsEvent === undefined)
    faults.push({
      field: "corrects",
      code: "missing",
      message: `${schema.type} has to name the fact that it corrects`,
    });
  if (faults.length > 0) return;
  if ("unattributed" in subject && schema.subject !== "optional")
    faults.push({ field: "subject", code: "missing", message: `${schema.type} has to say whose fact it is` });
  if (!("account" in subject)) return;
  if (schema.subject !== "account-or-customer")
    faults.push({
      field: "subject",
      code: "not-allowed",
      message: `${schema.type} is about a customer, not an account`,
    });
  else if (schema.ofHolder && refText(data.account) !== refText(subject.account))
    faults.push({
      field: "data.account",
      code: "account-mismatch",
      message: "is not the account that the subject names",
    });
}

const refText = (ref: unknown): string => `${(ref as ExternalRef).system}/${(ref as ExternalRef).id}`;

/** The customer whose fact it is, null for nobody known, or why that cannot be said. */
function placeOf(
  { subject, data }: Fact,
  schema: FactSchema,
  { where, identities }: AdmitContext,
): CustomerPlace | Fault | null {
  if ("unattributed" in subject) return null;
  if ("account" in subject)
    return (
      where.holder(refText(subject.account)) ?? {
        field: "subject",
        code: "account-unknown",
        message: `no customer is known to hold account ${refText(subject.account)}`,
      }
    );
  const place = "customer" in subject ? where.customer(subject.customer) : where.byId(subject.customerId);
  if ("customerId" in subject && !place.exists)
    return { field: "subject.customerId", code: "customer-unknown", message: `there is no customer ${place.id}` };
  if (schema.ofHolder || schema.claims === "account") {
    const holder = where.holder(refText(data.account));
    // Of one person's streams the account's own takes its facts: should they be split, they go with the account.
    if (holder !== null && identities.isSamePerson(holder.id, place.id)) return holder;
    if (holder !== null)
      return {
        field: "data.account",
        code: "account-held-by-another",
        message: `account ${refText(data.account)} is held by customer ${holder.id}, not ${place.id}`,
      };
  }
  if (schema.claims === "identity") {
    const linked = data as unknown as ExternalRef;
    const owner = where.isTaken(linked) ? where.customer(linked) : place;
    if (identities.isSamePerson(owner.id, place.id)) return owner;
    return {
      field: "data.id",
      code: "identity-held-by-another",
      message: `this identity already belongs to customer ${owner.id}, not ${place.id}`,
    };
  }
  return place;
}

function write(
  fact: Fact,
  schema: FactSchema,
  occurredAt: Instant,
  place: CustomerPlace | null,
  context: AdmitContext,
): Admitted {
  const { secret, where } = context;
  const eventId = eventIdOf(secret, fact.source, fact.id);
  const claims: Claim[] = [];
  const mentions: Mention[] = [];
  const corrects = correctedBy(fact, secret);
  const { data, personal, flags } = schema.normalise(fact.data, ref => {
    const mentioned = where.customer(ref);
    mentions.push({ ref, place: mentioned });
    // A customer only mentioned so far keeps the identity for itself, so that the mention never comes to mean another.
    if (!mentioned.exists && mentioned.id !== place?.id)
      claims.push({ key: identityClaim(mentioned.id), stream: mentioned.stream });
    return mentioned.id;
  });
  if (place !== null && schema.claims === "account")
    claims.push({ key: accountClaim(data.account as string), stream: place.stream });
  if (place !== null && schema.claims === "identity")
    claims.push({ key: where.identityKey(fact.data as unknown as ExternalRef), stream: place.stream });
  const event: NewEvent = {
    eventId,
    type: schema.type,
    schemaVersion: schema.version,
    occurredAt,
    actor: fact.actor ?? context.actor ?? { kind: "service", id: fact.source },
    source: fact.source,
    sourceEventId: fact.id,
    correlationId: fact.correlationId ?? context.correlationId ?? null,
    causationId: fact.causationId ?? null,
    corrects,
    flags,
    data,
    personal: personal === null ? null : { subject: place?.stream ?? `unattributed-${eventId}`, fields: personal },
  };
  return {
    kind: "admitted",
    eventId,
    customerId: place?.id ?? null,
    flags,
    mentions,
    corrects,
    ...requestFor(event, fact, place, claims, secret),
  };
}

const correctedBy = ({ source, corrects, correctsEvent }: Fact, secret: IdSecret): EventId | null =>
  corrects === undefined ? ((correctsEvent ?? null) as EventId | null) : eventIdOf(secret, source, corrects);

function requestFor(
  event: NewEvent,
  fact: Fact,
  place: CustomerPlace | null,
  claims: readonly Claim[],
  secret: IdSecret,
): Pick<Admitted, "request" | "created"> {
  const claiming = claims.length === 0 ? undefined : { claims };
  if (place === null) {
    const stream = sourceStream(fact.source);
    return { request: { writes: [{ stream, expected: "any", events: [event] }], ...claiming }, created: null };
  }
  const { stream, exists } = place;
  // "exists" also where an earlier fact of this batch creates the stream: should that one fail, this one must not stand.
  if (exists)
    return { request: { writes: [{ stream, expected: "exists", events: [event] }], ...claiming }, created: null };
  const events = [...firstContact(event, fact.subject, place.id, secret), event];
  return { request: { writes: [{ stream, expected: "noStream", events }], ...claiming }, created: stream };
}
