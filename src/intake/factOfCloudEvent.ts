import type { Actor } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import { type CloudEvent, readCloudEvent } from "./cloudEvents.ts";
import type { Fact, FactSubject } from "./fact.ts";
import { kindOf } from "./plainText.ts";

/**
 * The fact in a CloudEvent. `time` says when it was true, `subject` whose it is (`customer/<system>/<id>`,
 * `account/<system>/<id>`, `id/<customerId>`, each part URL-encoded; absent: nobody known), `dataschema` may end in the
 * schema version (`.v2`). Extensions read: correlationid, causationid, corrects, actorid with actorkind; others are
 * for those who carried the event and are not looked at.
 */
export function factOfCloudEvent(value: JsonValue): Result<Fact, readonly Fault[]> {
  const envelope = readCloudEvent(value);
  if (!envelope.ok) return envelope;
  const event = envelope.value;
  const faults: Fault[] = [];
  const subject = subjectOf(event.subject, faults);
  const data = dataOf(event, faults);
  const actor = actorOf(event, faults);
  const correlationId = extension(event, "correlationid", faults);
  const causationId = extension(event, "causationid", faults);
  const corrects = extension(event, "corrects", faults);
  const schemaVersion = versionOf(event.dataschema);
  if (event.time === undefined || event.time === null)
    faults.push({ field: "time", code: "missing", message: "is needed: when the fact was true" });
  if (faults.length > 0) return refuse(faults);
  return accept({
    id: event.id,
    source: event.source,
    type: event.type,
    subject: subject as FactSubject,
    occurredAt: event.time as string,
    data: data as JsonObject,
    ...(schemaVersion === undefined ? undefined : { schemaVersion }),
    ...(actor === undefined ? undefined : { actor }),
    ...(correlationId === undefined ? undefined : { correlationId }),
    ...(causationId === undefined ? undefined : { causationId }),
    ...(corrects === undefined ? undefined : { corrects }),
  });
}

const subjectForm = "expected customer/<system>/<id>, account/<system>/<id> or id/<customerId>, each part URL-encoded";

function subjectOf(subject: JsonValue | undefined, faults: Fault[]): FactSubject | null {
  if (subject === undefined || subject === null) return { unattributed: true };
  const parts = (subject as string).split("/");
  try {
    const [kind, first, second] = parts.map(decodeURIComponent) as [string, string, string];
    if (parts.length === 3 && kind === "customer") return { customer: { system: first, id: second } };
    if (parts.length === 3 && kind === "account") return { account: { system: first, id: second } };
    if (parts.length === 2 && kind === "id") return { customerId: first as CustomerId };
  } catch {} // an escape that is none: malformed like any other
  faults.push({ field: "subject", code: "malformed", message: subjectForm });
  return null;
}

const versionOf = (dataschema: JsonValue | undefined): number | undefined => {
  const version = typeof dataschema === "string" ? /[./]v([1-9]\d{0,8})(?:\.json)?$/.exec(dataschema)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
};

const isJson = (contentType: string): boolean => /^[^/]+\/(?:[^;\s]+\+)?json\s*(?:;|$)/i.test(contentType);

function dataOf(event: CloudEvent, faults: Fault[]): JsonObject | null {
  const { datacontenttype } = event;
  if (typeof datacontenttype === "string" && !isJson(datacontenttype)) {
    faults.push({ field: "datacontenttype", code: "not-allowed", message: "a fact's data is JSON: application/json" });
    return null;
  }
  let data: JsonValue | undefined = event.data;
  if (typeof event.data_base64 === "string")
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(event.data_base64, "base64"));
      data = JSON.parse(text) as JsonValue;
    } catch {
      faults.push({ field: "data_base64", code: "not-json", message: "does not decode to JSON in UTF-8" });
      return null;
    }
  if (data !== null && typeof data === "object" && !Array.isArray(data)) return data as JsonObject;
  const missing = data === undefined || data === null;
  faults.push({
    field: "data",
    code: missing ? "missing" : "wrong-type",
    message: missing ? "is needed" : `expected an object, got ${kindOf(data)}`,
  });
  return null;
}

function extension(event: CloudEvent, name: string, faults: Fault[]): string | undefined {
  const value = event[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  faults.push({ field: name, code: "wrong-type", message: `expected text, got ${kindOf(value)}` });
  return undefined;
}

function actorOf(event: CloudEvent, faults: Fault[]): Actor | undefined {
  const id = extension(event, "actorid", faults);
  const kind = extension(event, "actorkind", faults);
  if (id === undefined && kind === undefined) return undefined;
  if (id === undefined) faults.push({ field: "actorid", code: "missing", message: "is needed beside actorkind" });
  if (kind === undefined) faults.push({ field: "actorkind", code: "missing", message: "is needed beside actorid" });
  else if (kind !== "person" && kind !== "service" && kind !== "system")
    faults.push({ field: "actorkind", code: "not-allowed", message: "expected person, service or system" });
  else if (id !== undefined) return { kind, id };
  return undefined;
}
