import type { Decision } from "../domain/decision/decision.ts";
import type { RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import { type CustomerId, customerOfStream, EventId } from "../domain/ids.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import { canonicalValue, isTooDeep } from "../intake/canonicalJson.ts";
import { deepJsonText } from "../intake/deepJsonText.ts";
import type { BatchContext, Fact, FactOutcome, Intake } from "../intake/fact.ts";
import { readInstant } from "../intake/instants.ts";
import { kindOf, textProblem } from "../intake/plainText.ts";

/** What a channel's provider tells of a contact. Nothing in it is trusted. */
export type Receipt = {
  /** The provider's own id of this receipt. Without one the first of each status counts, and others are duplicates. */
  readonly id?: string;
  /** The `decisionId` of the message. */
  readonly contactId: string;
  readonly status: ReceiptStatus;
  /** RFC 3339; default: when it came. */
  readonly occurredAt?: string;
  readonly reason?: string;
};
export const receiptStatuses = [
  ...(["sent", "delivered", "bounced", "opened", "clicked", "converted", "unsubscribed"] as const),
];
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** What became of a receipt; `withdrawal`: of the consent that an `unsubscribed` takes back, otherwise null. */
export type ReceiptOutcome = FactOutcome & { readonly withdrawal: FactOutcome | null };

export type ReceiptDoor = {
  /** Outcome i belongs to receipt i. Rejects as the door for facts does; all may be sent again then. */
  readonly report: (receipts: readonly unknown[], context: BatchContext) => Promise<ReceiptOutcome[]>;
};

export type ReceiptParts = {
  readonly log: Pick<LogReader, "findById">;
  readonly intake: Pick<Intake, "submit">;
  /** Under which id a source's fact stands in the log. */
  readonly eventIdOf: (source: string, id: string) => EventId;
  readonly now: () => Instant;
  readonly inTurn: <Value>(task: () => Promise<Value>) => Promise<Value>;
};

/**
 * The door for receipts, in front of the door for facts: finds whom a contact went to, and hands the receipt in as that customer's
 * fact. One that cannot be read, or that names a contact nobody made, is quarantined whole. They may come in any order, twice and late.
 */
export function createReceiptDoor({ log, intake, eventIdOf, now, inTurn }: ReceiptParts): ReceiptDoor {
  const report = async (receipts: readonly unknown[], context: BatchContext): Promise<ReceiptOutcome[]> => {
    const read = receipts.map(readReceipt);
    const contacts = await contactsOf(read.flatMap(one => (one.ok ? one.value.contactId : [])));
    const known = await knownFacts(read, context);
    const cameAt = formatInstant(now());
    const groups = read.map((one, index): Group => {
      const contact = one.ok ? contacts.get(one.value.contactId) : undefined;
      if (!one.ok) return refusedGroup(receipts[index], one.refusal);
      if (contact === undefined) return refusedGroup(receipts[index], [contactUnknown(one.value.contactId)]);
      const id = one.value.id ?? derivedId(one.value);
      const before = known.get(id);
      const occurredAt = one.value.occurredAt ?? before?.occurredAt ?? cameAt;
      const said = one.value.id === undefined && before !== undefined ? before : { ...one.value, occurredAt };
      if (before === undefined)
        known.set(id, { occurredAt, ...(said.reason === undefined ? {} : { reason: said.reason }) });
      return factGroup(one.value, { id, occurredAt: said.occurredAt, reason: said.reason }, contact, context);
    });
    return submitGroups(groups, context);
  };

  const contactsOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, Contact>> => {
    const wanted = [...new Set(ids)].flatMap(id => EventId.parse(id) ?? []);
    const found = wanted.length === 0 ? [] : await log.findById(wanted);
    return new Map(found.flatMap(event => (event === null ? [] : contactIn(event))));
  };

  /** What was said before under the ids that we make ourselves or whose time we set: said anew it has to be the same. */
  const knownFacts = async (read: readonly ReadReceipt[], { source }: BatchContext): Promise<Map<string, Said>> => {
    const ids = read.flatMap(one => (one.ok && !isWhole(one.value) ? (one.value.id ?? derivedId(one.value)) : []));
    const wanted = [...new Set(ids)];
    const found = wanted.length === 0 ? [] : await log.findById(wanted.map(id => eventIdOf(source, id)));
    return new Map(found.flatMap((event, at) => (event === null ? [] : [[wanted[at] as string, saidIn(event)]])));
  };

  /** Facts and refusals go by doors of their own, in one go each. */
  const submitGroups = async (groups: readonly Group[], context: BatchContext): Promise<ReceiptOutcome[]> => {
    const facts = groups.flatMap(group => ("facts" in group ? group.facts : []));
    const rows = groups.flatMap(group => ("row" in group ? { ...group.row, source: context.source } : []));
    const ofFacts = facts.length === 0 ? [] : await intake.submit({ format: "facts", facts }, context);
    const ofRows = rows.length === 0 ? [] : await intake.submit({ format: "refused-rows", rows }, context);
    let [fact, row] = [0, 0];
    return groups.map((group): ReceiptOutcome => {
      if ("row" in group) return { ...(ofRows[row++] as FactOutcome), withdrawal: null };
      const [first, second] = ofFacts.slice(fact, fact + group.facts.length);
      fact += group.facts.length;
      return { ...(first as FactOutcome), withdrawal: second ?? null };
    });
  };

  return {
    report: (receipts, context) => {
      // What is looked up before it is written must not be written by another meanwhile.
      const whole = receipts.every(receipt => isWhole((receipt ?? {}) as Partial<Receipt>));
      return whole ? report(receipts, context) : inTurn(() => report(receipts, context));
    },
  };
}

type ReadReceipt = Result<Receipt, readonly Fault[]>;
type Said = { readonly occurredAt: string; readonly reason?: string | undefined };
type Contact = { readonly customerId: CustomerId; readonly event: RecordedEvent; readonly decision: Decided };
type Decided = Omit<Decision, "customerId">;
type RefusedReceipt = {
  readonly file: string;
  readonly line: number;
  readonly factType: string;
  readonly cells: string;
  readonly draft: null;
  readonly faults: readonly Fault[];
};
type Group = { readonly facts: readonly Fact[] } | { readonly row: RefusedReceipt };

/** It says itself what it is and when it was, so that it is the same whenever it comes. */
const isWhole = ({ id, occurredAt }: Partial<Receipt>): boolean => id !== undefined && occurredAt !== undefined;
const derivedId = ({ contactId, status }: Receipt): string => `${contactId}:${status}`;

/** Reads what came, or tells everything that is wrong with it. */
function readReceipt(raw: unknown): ReadReceipt {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    return refuse([{ field: "", code: "not-an-object", message: `expected a receipt, an object; got ${kindOf(raw)}` }]);
  const faults: Fault[] = [];
  const { id, contactId, status, occurredAt, reason, ...others } = raw as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(others))
    faults.push({ field: name.slice(0, 100), code: "unknown-field", message: "is not a field of receipts" });
  for (const [field, value, needed] of [
    ["id", id, false],
    ["contactId", contactId, true],
  ] as const) {
    const problem = value === undefined && !needed ? null : textProblem(value, 150);
    if (problem !== null) faults.push({ field, ...problem });
  }
  if (!receiptStatuses.includes(status as ReceiptStatus))
    faults.push({ field: "status", code: "unknown-status", message: `has to be one of ${receiptStatuses.join(", ")}` });
  if (occurredAt !== undefined && (typeof occurredAt !== "string" || readInstant(occurredAt) === null))
    faults.push({ field: "occurredAt", code: "not-a-time", message: "has to be an RFC 3339 timestamp" });
  if (reason !== undefined && (typeof reason !== "string" || reason === ""))
    faults.push({ field: "reason", code: "wrong-type", message: "has to be a text that is not empty" });
  return faults.length > 0 ? refuse(faults) : accept(raw as Receipt);
}

/** Only a send is a contact: nobody was told anything by a decision to skip. */
function contactIn(event: RecordedEvent): readonly (readonly [string, Contact])[] {
  const customerId = customerOfStream(event.stream);
  const decision = event.data as unknown as Decided;
  if (event.type !== "campaign-decided" || customerId === null || decision.outcome !== "send") return [];
  return [[event.eventId, { customerId, event, decision }]];
}

const contactUnknown = (contactId: string): Fault => ({
  field: "contactId",
  code: "contact-unknown",
  message: `there is no contact ${contactId}`,
});

const saidIn = ({ occurredAt, data }: RecordedEvent): Said => ({
  occurredAt: formatInstant(occurredAt),
  ...(typeof data.reason === "string" ? { reason: data.reason } : {}),
});

function factGroup(
  { contactId, status }: Receipt,
  { id, occurredAt, reason }: Said & { readonly id: string },
  { customerId, event, decision }: Contact,
  { source }: BatchContext,
): Group {
  const { campaignId, channel, purpose } = decision;
  const common = {
    source,
    subject: { customerId },
    occurredAt,
    ...(event.correlationId === null ? {} : { correlationId: event.correlationId }),
    causationId: event.eventId,
  };
  const why = reason === undefined ? {} : { reason };
  const data = { contactId, campaignId, ...(channel === null ? {} : { channel }), status, ...why };
  const receipt: Fact = { ...common, id, type: "delivery-reported", data };
  if (status !== "unsubscribed" || channel === null) return { facts: [receipt] };
  const withdrawn: JsonObject = { channel, purpose, ...why };
  return { facts: [receipt, { ...common, id: `${id}:consent`, type: "consent-withdrawn", data: withdrawn }] };
}

/** Kept as its text, as if it were a line of a file: a receipt has not the form of any fact. */
const refusedGroup = (raw: unknown, faults: readonly Fault[]): Group => ({
  row: {
    ...{ file: "receipts", line: 1, factType: "delivery-reported", draft: null },
    cells: isTooDeep(raw) ? deepJsonText(raw) : (JSON.stringify(canonicalValue((raw ?? null) as JsonValue)) ?? "null"),
    faults,
  },
});
