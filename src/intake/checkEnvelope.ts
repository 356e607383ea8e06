import type { Actor } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import { CustomerId, EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Fact } from "./fact.ts";
import { readInstant } from "./instants.ts";
import { kindOf, textProblem } from "./plainText.ts";

/** Longest texts that the parts of a fact may have, in UTF-16 units. */
export const longest = { id: 200, source: 200, type: 100, system: 64, correlation: 200, actor: 200 } as const;

const fields: ReadonlySet<string> = new Set([
  "id",
  "source",
  "type",
  "schemaVersion",
  "subject",
  "occurredAt",
  "data",
  "actor",
  "correlationId",
  "causationId",
  "corrects",
  "correctsEvent",
]);
const actorKinds: readonly unknown[] = ["person", "service", "system"] satisfies Actor["kind"][];

/**
 * Looks at everything of a fact but its data; adds what is wrong to `faults`. Gives the instant it occurred at, which
 * means something only when nothing was wrong.
 */
export function checkEnvelope(fact: Fact, faults: Fault[]): Instant {
  for (const name in fact)
    if (!fields.has(name))
      faults.push({
        field: name.slice(0, 100),
        code: "unknown-field",
        message: `is not a field of a fact; known are ${[...fields].join(", ")}`,
      });
  text(fact.id, "id", longest.id, faults);
  text(fact.source, "source", longest.source, faults);
  text(fact.type, "type", longest.type, faults);
  if (fact.correlationId !== undefined) text(fact.correlationId, "correlationId", longest.correlation, faults);
  if (fact.causationId !== undefined) text(fact.causationId, "causationId", longest.correlation, faults);
  if (fact.corrects !== undefined) text(fact.corrects, "corrects", longest.id, faults);
  const { correctsEvent }: { readonly correctsEvent?: unknown } = fact;
  if (correctsEvent !== undefined && (typeof correctsEvent !== "string" || EventId.parse(correctsEvent) === null))
    faults.push({ field: "correctsEvent", code: "malformed", message: "expected an event id, a lower-case UUID" });
  if (fact.correctsEvent !== undefined && fact.corrects !== undefined)
    faults.push({ field: "correctsEvent", code: "not-allowed", message: "corrects names the corrected fact already" });
  if (fact.schemaVersion !== undefined && !(Number.isSafeInteger(fact.schemaVersion) && fact.schemaVersion > 0))
    faults.push({ field: "schemaVersion", code: "wrong-type", message: "expected a whole number from 1 on" });
  if (fact.actor !== undefined) checkActor(fact.actor, faults);
  checkSubject(fact.subject, faults);
  if (fact.data === undefined) faults.push({ field: "data", code: "missing", message: "is needed" });
  else if (fact.data === null || typeof fact.data !== "object" || Array.isArray(fact.data))
    faults.push({ field: "data", code: "wrong-type", message: `expected an object, got ${kindOf(fact.data)}` });
  return checkTime(fact.occurredAt, faults);
}

/** What is wrong with the name of a source, such as a batch's default one; null where nothing is. */
export function sourceFault(source: unknown): Fault | null {
  const problem = textProblem(source, longest.source);
  return problem === null ? null : { field: "source", ...problem };
}

function text(value: unknown, field: string, max: number, faults: Fault[]): void {
  const problem = textProblem(value, max);
  if (problem !== null) faults.push({ field, ...problem });
}

function checkTime(value: unknown, faults: Fault[]): Instant {
  const instant = typeof value === "string" ? readInstant(value) : null;
  if (instant !== null) return instant;
  if (value === undefined || value === null)
    faults.push({ field: "occurredAt", code: "missing", message: "is needed" });
  else {
    const got = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : kindOf(value);
    faults.push({
      field: "occurredAt",
      code: "malformed",
      message: `expected an RFC 3339 timestamp with offset, got ${got}`,
    });
  }
  return 0;
}

function checkActor(actor: Actor, faults: Fault[]): void {
  if (actor === null || typeof actor !== "object") {
    faults.push({ field: "actor", code: "wrong-type", message: `expected an object, got ${kindOf(actor)}` });
    return;
  }
  if (!actorKinds.includes(actor.kind))
    faults.push({ field: "actor.kind", code: "not-allowed", message: `expected one of ${actorKinds.join(", ")}` });
  text(actor.id, "actor.id", longest.actor, faults);
}

/** Exactly one of the four forms, each with its own parts. */
function checkSubject(subject: unknown, faults: Fault[]): void {
  if (subject === undefined || subject === null || typeof subject !== "object") {
    const problem = subject === undefined ? { code: "missing", message: "is needed" } : null;
    faults.push({
      field: "subject",
      ...(problem ?? { code: "wrong-type", message: `expected an object, got ${kindOf(subject)}` }),
    });
    return;
  }
  const names = Object.keys(subject);
  const [name] = names;
  const value = (subject as Record<string, unknown>)[name ?? ""];
  if (names.length === 1)
    switch (name) {
      case "customer":
      case "account":
        checkRef(value, `subject.${name}`, faults);
        return;
      case "customerId":
        if (typeof value !== "string" || CustomerId.parse(value) === null)
          faults.push({
            field: "subject.customerId",
            code: "malformed",
            message: "expected a customer id: 26 letters and digits",
          });
        return;
      case "unattributed":
        if (value !== true)
          faults.push({ field: "subject.unattributed", code: "not-allowed", message: "expected true" });
        return;
    }
  faults.push({
    field: "subject",
    code: "malformed",
    message: `expected one of customer, account, customerId, unattributed; got ${names.slice(0, 5).join(", ").slice(0, 100) || "nothing"}`,
  });
}

function checkRef(ref: unknown, field: string, faults: Fault[]): void {
  if (ref === null || typeof ref !== "object") {
    faults.push({ field, code: "wrong-type", message: `expected an object, got ${kindOf(ref)}` });
    return;
  }
  const { system, id } = ref as { readonly system?: unknown; readonly id?: unknown };
  text(system, `${field}.system`, longest.system, faults);
  if (typeof system === "string" && /[\s/]/.test(system))
    faults.push({ field: `${field}.system`, code: "malformed", message: "must not hold spaces or slashes" });
  text(id, `${field}.id`, longest.id, faults);
  for (const name in ref as object)
    if (name !== "system" && name !== "id")
      faults.push({
        field: `${field}.${name.slice(0, 100)}`,
        code: "unknown-field",
        message: "is not a field here; known are system, id",
      });
}
