import type { Actor, Position } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId, EventId } from "../domain/ids.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";

/** An id that a source system gave to a customer or an account: ("berka", "576"). */
export type ExternalRef = { readonly system: string; readonly id: string };

/** Whose fact it is: a customer named by one of its identities, the holder of an account, or (some types only) nobody known. */
export type FactSubject =
  | { readonly customer: ExternalRef }
  | { readonly account: ExternalRef }
  | { readonly customerId: CustomerId }
  | { readonly unattributed: true };

/**
 * A fact as the door takes it, whatever carried it (CloudEvents, GraphQL, a mapped file row). Nothing in it is trusted
 * until `admit` has looked at it; times are RFC 3339 texts, money is `{ amount: "12.30", currency: "CZK" }`.
 */
export type Fact = {
  /** Unique within its source: the key of duplicate detection. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** Default: the newest version of the type. */
  readonly schemaVersion?: number;
  readonly subject: FactSubject;
  readonly occurredAt: string;
  readonly data: JsonObject;
  /** Default: the source itself, as a service. */
  readonly actor?: Actor;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The source's own id of the fact that this one reverses or corrects. */
  readonly corrects?: string;
  /** Instead of `corrects`, by event id: where another source told the fact that this one corrects. */
  readonly correctsEvent?: string;
};

/** What became of one fact. Each is durable by the time it is told. */
export type FactOutcome =
  | {
      readonly kind: "accepted";
      readonly position: Position;
      readonly eventId: EventId;
      readonly customerId: CustomerId | null;
      readonly flags: readonly string[];
    }
  | { readonly kind: "duplicate"; readonly position: Position; readonly eventId: EventId }
  | { readonly kind: "quarantined"; readonly quarantineId: string; readonly faults: readonly Fault[] };

/** A row of an upstream file that its mapping could not read as the fact it should be: kept whole, to be repaired by hand. */
export type RefusedRow = {
  readonly source: string;
  /** The file's name in the extract ("trans.csv"), and the line where the row begins (1 is the first line). */
  readonly file: string;
  readonly line: number;
  /** Null where the row as a whole is unreadable. */
  readonly factType: string | null;
  /** The row's cells by column name, or its raw text where it could not be cut into cells. */
  readonly cells: Readonly<Record<string, string>> | string;
  /** The fields of a `Fact` that could be read, as a start for its repair. */
  readonly draft: JsonObject | null;
  readonly faults: readonly Fault[];
};

/** How a batch is written down: our own facts, CloudEvents (JSON format), text lines each holding one CloudEvent, or refused file rows. */
export type FactBatch =
  | { readonly format: "facts"; readonly facts: readonly Fact[] }
  | { readonly format: "cloudevents"; readonly events: readonly JsonValue[] }
  | { readonly format: "cloudevents-lines"; readonly lines: readonly string[] }
  | { readonly format: "refused-rows"; readonly rows: readonly RefusedRow[] };

/** Context of a batch: who hands it in when a fact does not say, and what ties its events together. */
export type BatchContext = {
  /** Source to file a refused fact under when it does not even name its own. */
  readonly source: string;
  readonly actor?: Actor;
  readonly correlationId?: string;
};

/** A repaired fact goes through the door again; who did it and what they changed stay on record. */
export type QuarantineCommand =
  | { readonly kind: "replay"; readonly quarantineId: string; readonly actor: Actor }
  | {
      readonly kind: "repair";
      readonly quarantineId: string;
      readonly actor: Actor;
      readonly fact: Fact;
      readonly note: string;
    }
  | { readonly kind: "discard"; readonly quarantineId: string; readonly actor: Actor; readonly note: string };

export type QuarantineOutcome =
  | FactOutcome
  | { readonly kind: "discarded"; readonly position: Position }
  | { readonly kind: "notFound"; readonly quarantineId: string }
  | { readonly kind: "alreadySettled"; readonly quarantineId: string; readonly status: "accepted" | "discarded" };

/** The door. Outcome i belongs to fact i; an answer comes after fsync. Rejects with StorageFailure, or IntakeTimeout (outcome unknown: retry). */
export type Intake = {
  readonly submit: (batch: FactBatch, context: BatchContext) => Promise<FactOutcome[]>;
  readonly settle: (command: QuarantineCommand) => Promise<QuarantineOutcome>;
};
