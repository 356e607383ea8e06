import type { ErrorObject } from "ajv";
import type { Fault } from "../domain/fault.ts";
import { kindOf } from "./plainText.ts";

const mostFaults = 50;

/**
 * Ajv's errors as faults with dotted paths below `data`. Faults are kept in clear beside a refused fact, so a value is
 * only repeated in a message when `mayQuote` says that its field is not personal.
 */
export function dataFaults(errors: readonly ErrorObject[], mayQuote: (pointer: string) => boolean): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    const fault = faultOf(error, mayQuote);
    if (fault === null) continue;
    const key = `${fault.field}\0${fault.code}`;
    if (!faults.has(key)) faults.set(key, fault);
  }
  const all = [...faults.values()];
  if (all.length <= mostFaults) return all;
  const rest = all.length - mostFaults;
  return [...all.slice(0, mostFaults), { field: "data", code: "more-faults", message: `and ${rest} more faults` }];
}

function faultOf(error: ErrorObject, mayQuote: (pointer: string) => boolean): Fault | null {
  const { keyword, params, data } = error;
  // What failed inside an alternative is noise; the alternatives as a whole are reported.
  if (/\/(anyOf|oneOf)\//.test(error.schemaPath)) return null;
  const at = (name?: string): string =>
    dotted(name === undefined ? error.instancePath : `${error.instancePath}/${name}`);
  const got = (): string => (mayQuote(error.instancePath) ? quoted(data) : shapeOf(data));
  switch (keyword) {
    case "required":
      return { field: at(params.missingProperty), code: "missing", message: "is needed" };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name: string = params.additionalProperty ?? params.unevaluatedProperty;
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      const message = `is not a field here; known are ${known.join(", ") || "none"}`;
      return { field: at(name.slice(0, 100)), code: "unknown-field", message };
    }
    case "propertyNames":
      return {
        field: at(String(params.propertyName).slice(0, 100)),
        code: "bad-name",
        message: "expected a name of a letter, then letters, digits, _ . or -, at most 100 in all",
      };
    case "type":
      return {
        field: at(),
        code: "wrong-type",
        message: `expected ${expectedTypes(params.type)}, got ${kindOf(data)}`,
      };
    case "enum":
      return {
        field: at(),
        code: "not-allowed",
        message: `expected one of ${params.allowedValues.join(", ")}; got ${got()}`,
      };
    case "const":
      return { field: at(), code: "not-allowed", message: `expected ${quoted(params.allowedValue)}; got ${got()}` };
    case "format":
      return {
        field: at(),
        code: codeOfFormat(params.format),
        message: `expected ${formatInWords(params.format)}; got ${got()}`,
      };
    case "pattern":
      return error.propertyName === undefined && data !== ""
        ? { field: at(), code: "malformed", message: `expected ${describe(error)}; got ${got()}` }
        : null;
    case "minLength":
      return error.propertyName === undefined ? { field: at(), code: "empty", message: "must not be empty" } : null;
    case "maxLength":
      return error.propertyName === undefined
        ? {
            field: at(),
            code: "too-long",
            message: `expected at most ${params.limit} characters, got ${String(data).length}`,
          }
        : null;
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "multipleOf":
      return { field: at(), code: "out-of-range", message: `${error.message}; got ${got()}` };
    case "x-form":
      return { field: at(), code: "too-precise", message: error.message ?? "is not exact" };
    case "anyOf":
    case "oneOf":
    case "if":
      return { field: at(), code: "no-form-fits", message: alternatives(error) };
    default:
      return {
        field: at(),
        code: keyword.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
        message: error.message ?? "is not valid",
      };
  }
}

/** "/attributes/email" as "data.attributes.email". */
const dotted = (pointer: string): string =>
  `data${pointer
    .split("/")
    .map(step => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".")}`;

const quoted = (value: unknown): string => {
  if (value !== null && typeof value === "object") return kindOf(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
};

const shapeOf = (value: unknown): string =>
  typeof value === "string" ? `text of ${value.length} characters` : kindOf(value);

const expectedTypes = (types: string | readonly string[]): string =>
  [types]
    .flat()
    .map(type => ({ string: "text", integer: "a whole number", array: "a list" })[type] ?? type)
    .join(" or ");

/** A schema's description of a patterned text says what it has to look like. */
function describe(error: ErrorObject): string {
  const { description } = error.parentSchema as { readonly description?: string };
  if (description === undefined) return `text matching ${error.params.pattern}`;
  return description.charAt(0).toLowerCase() + description.slice(1).replace(/\.$/, "");
}

const codeOfFormat = (format: string): string => (format === "currency" ? "unknown-currency" : "malformed");

const formatInWords = (format: string): string =>
  ({
    currency: "an ISO 4217 currency code",
    date: "a real calendar date YYYY-MM-DD",
    "date-time": "an RFC 3339 timestamp with offset",
  })[format] ?? format;

function alternatives(error: ErrorObject): string {
  const branches = Array.isArray(error.schema) ? (error.schema as { required?: string[] }[]) : [];
  const needed = branches.map(branch => branch.required?.join(" and "));
  return needed.length > 0 && needed.every(names => names !== undefined)
    ? `expected ${needed.join(", or ")}`
    : "fits none of the forms that the schema allows";
}
