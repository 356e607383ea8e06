import type { Fault } from "../domain/fault.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import { readInstant } from "./instants.ts";
import { kindOf } from "./plainText.ts";

/** A CloudEvent 1.0 in JSON format that meets its specification; what it says has not been looked at. */
export type CloudEvent = JsonObject & {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
};

/** Control characters, lone surrogates and noncharacters, which the specification keeps out of its strings. */
const unfitCharacter = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
/** RFC 3986: the characters a URI may consist of, with escapes complete and at most one fragment. */
const uriReference = /^(?:[\w.~:/?@!$&'()*+,;=[\]-]|%[\dA-Fa-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[\dA-Fa-f]{2})*)?$/;
const scheme = /^[A-Za-z][A-Za-z\d+.-]*:/;
/** RFC 2046, with the parameters of RFC 2045. */
const mediaType =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$%&'*^`|~.+-]+|"(?:[^"\\]|\\.)*"))*\s*$/;
const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const extensionName = /^[a-z\d]+$/;
const wholeText = /^[\x20-\x7e]+$/;

/** Checks the envelope as strictly as the specification says; every attribute at fault is named. */
export function readCloudEvent(value: JsonValue | undefined): Result<CloudEvent, readonly Fault[]> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return refuse([
      { field: "", code: "not-an-object", message: `expected a CloudEvent, an object; got ${kindOf(value)}` },
    ]);
  const faults: Fault[] = [];
  const event = value as JsonObject;
  for (const name of ["id", "source", "type", "specversion"])
    if (event[name] === undefined || event[name] === null)
      faults.push({ field: name, code: "missing", message: "is needed" });
  for (const name in event) checkMember(name, event[name] as JsonValue, faults);
  if (event.data !== undefined && event.data !== null && event.data_base64 !== undefined && event.data_base64 !== null)
    faults.push({
      field: "data_base64",
      code: "not-allowed",
      message: "only one of data and data_base64 may be there",
    });
  return faults.length === 0 ? accept(event as CloudEvent) : refuse(faults);
}

function checkMember(name: string, value: JsonValue, faults: Fault[]): void {
  const fault = (code: string, message: string): void => void faults.push({ field: name.slice(0, 100), code, message });
  if (name === "data" || value === null) return;
  const standard = standardAttributes.get(name);
  if (standard === undefined) {
    if (!extensionName.test(name)) fault("bad-name", "an attribute's name consists of lower-case letters and digits");
    else if (typeof value === "string" ? !isFit(value) : typeof value !== "boolean" && !isWholeNumber(value))
      fault("wrong-type", `an extension is text, a boolean or a 32-bit whole number; got ${kindOf(value)}`);
    return;
  }
  if (typeof value !== "string") fault("wrong-type", `expected text, got ${kindOf(value)}`);
  else if (value === "" && name !== "data_base64") fault("empty", "must not be empty");
  else if (!isFit(value) || !standard.fits(value)) fault("malformed", `expected ${standard.words}`);
}

const isFit = (text: string): boolean => wholeText.test(text) || !unfitCharacter.test(text);

const isWholeNumber = (value: JsonValue): boolean =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value + 0.5) < 2 ** 31;

type Attribute = { readonly words: string; readonly fits: (text: string) => boolean };
const plainWords: Attribute = { words: "text without control characters", fits: () => true };

/** A Map, because an extension may be called "constructor". */
const standardAttributes: ReadonlyMap<string, Attribute> = new Map([
  ["specversion", { words: '"1.0"', fits: text => text === "1.0" }],
  ["id", plainWords],
  ["type", plainWords],
  ["source", { words: "a URI reference", fits: text => uriReference.test(text) }],
  ["subject", plainWords],
  ["time", { words: "an RFC 3339 timestamp with offset", fits: text => readInstant(text) !== null }],
  ["dataschema", { words: "an absolute URI", fits: text => scheme.test(text) && uriReference.test(text) }],
  ["datacontenttype", { words: "a media type such as application/json", fits: text => mediaType.test(text) }],
  ["data_base64", { words: "base64", fits: text => base64.test(text) }],
] satisfies [string, Attribute][]);
