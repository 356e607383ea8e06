import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parseMinorUnits } from "../domain/money.ts";
import { currencyDigits } from "./currencies.ts";
import { readInstant } from "./instants.ts";

/** What a value is turned into before it is stored; see docs/facts.md. */
export const factForms = ["money", "account", "customer", "instant", "decimal"] as const;
export type FactForm = (typeof factForms)[number];

const names = { type: "array", items: { type: "string" }, uniqueItems: true };

/** The keywords that fact schemas add to JSON Schema, each with the JSON Schema of its own value. */
const annotations: Readonly<Record<string, object>> = {
  "x-subject": { enum: ["customer", "account-or-customer", "optional"] },
  "x-future": { type: "boolean" },
  "x-corrects": { enum: ["required", "optional"] },
  "x-claims": { enum: ["account", "identity"] },
  "x-holder": { const: "account" },
  "x-personal": {
    anyOf: [
      { type: "boolean" },
      {
        type: "object",
        properties: { only: names, except: names },
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
      },
    ],
  },
  "x-checks": {
    type: "array",
    items: {
      type: "object",
      properties: {
        flag: { type: "string", pattern: "^[a-z][a-z0-9-]*$" },
        field: { type: "string" },
        before: { type: "string" },
        after: { type: "string" },
      },
      required: ["flag", "field"],
      oneOf: [{ required: ["before"] }, { required: ["after"] }],
      additionalProperties: false,
    },
  },
  "x-upcast": {
    type: "object",
    properties: {
      rename: { type: "object", additionalProperties: { type: "string" } },
      default: { type: "object" },
      remove: names,
    },
    additionalProperties: false,
  },
};

/** An Ajv that knows the words of fact schemas. Compile every schema once; compiled validators are quick. */
export function createFactAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addFormat("date-time", text => readInstant(text) !== null);
  ajv.addFormat("currency", code => currencyDigits(code) !== undefined);
  for (const [keyword, metaSchema] of Object.entries(annotations)) ajv.addKeyword({ keyword, metaSchema });
  ajv.addKeyword({
    keyword: "x-form",
    metaSchema: { enum: factForms },
    errors: "full",
    compile: (form: FactForm) => (form === "money" ? fitsItsCurrency() : () => true),
  });
  return ajv;
}

/** More decimals than the currency has would be lost; faults of the parts are left to the other keywords. */
function fitsItsCurrency() {
  const check = (money: unknown, at?: { readonly instancePath: string }): boolean => {
    const { amount, currency } = (money ?? {}) as { readonly amount?: unknown; readonly currency?: unknown };
    if (typeof amount !== "string" || typeof currency !== "string" || !/^[+-]?\d+(\.\d+)?$/.test(amount)) return true;
    const digits = currencyDigits(currency);
    if (digits === undefined || parseMinorUnits(amount, digits) !== null) return true;
    const error = {
      keyword: "x-form",
      instancePath: `${at?.instancePath ?? ""}/amount`,
      schemaPath: "",
      params: {},
      data: amount,
    };
    check.errors = [
      { ...error, message: `expected at most ${digits} decimals (${currency}) and a size that is kept exactly` },
    ];
    return false;
  };
  check.errors = [] as object[];
  return check;
}
