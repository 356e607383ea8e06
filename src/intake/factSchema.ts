import type { Ajv2020, ErrorObject } from "ajv/dist/2020.js";
import type { PersonalFields } from "../domain/event.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { isTooDeep } from "./canonicalJson.ts";
import { dataFaults } from "./dataFaults.ts";
import type { ExternalRef } from "./fact.ts";
import { type Normalising, planOf, type SchemaNode } from "./factPlan.ts";
import { type OddityCheck, odditiesOf } from "./oddities.ts";
import type { Upcast } from "./upcaster.ts";

/** One version of a fact type, ready for use. */
export type FactSchema = {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** The JSON Schema of `data` as a source sends it, complete in itself. */
  readonly schema: JsonObject;
  readonly examples: readonly JsonObject[];
  readonly subject: "customer" | "account-or-customer" | "optional";
  /** Whether the fact may lie in the future. */
  readonly future: boolean;
  /** Whether the fact makes no sense without the fact that it corrects. */
  readonly needsCorrects: boolean;
  /** What it claims for its customer: the account in `data.account`, or the identity in `data.system` and `data.id`. */
  readonly claims: "account" | "identity" | null;
  /** Whether its customer has to be the holder of `data.account`. */
  readonly ofHolder: boolean;
  readonly upcast: Upcast;
  /** Everything wrong with the data, each with its field; empty where nothing is. */
  readonly check: (data: JsonObject) => readonly Fault[];
  /** The stored form of checked data: canonical, personal values apart by JSON pointer. */
  readonly normalise: (data: JsonObject, customerOf: (ref: ExternalRef) => CustomerId) => Normalised;
};

export type Normalised = {
  readonly data: JsonObject;
  readonly personal: PersonalFields | null;
  readonly flags: readonly string[];
};

const noFaults: readonly Fault[] = [];

/** Throws an Error that says what is wrong with the schema. */
export function compileFactSchema(ajv: Ajv2020, type: string, version: number, schema: SchemaNode): FactSchema {
  const validate = ajv.compile(schema);
  const plan = planOf(schema);
  const checks = (schema["x-checks"] ?? []) as readonly OddityCheck[];
  assertComparable(checks, schema, plan.isOpen);
  const claims = (schema["x-claims"] ?? null) as FactSchema["claims"];
  const holds = (...names: string[]): boolean => names.every(name => name in (schema.properties as object));
  if (schema.type !== "object" || schema.properties === undefined)
    throw new Error("data has to be an object with properties");
  if (claims === "account" && !holds("account")) throw new Error("x-claims account needs a property account");
  if (claims === "identity" && !holds("system", "id"))
    throw new Error("x-claims identity needs properties system and id");
  if (schema["x-holder"] !== undefined && !holds("account")) throw new Error("x-holder needs a property account");
  return {
    type,
    version,
    title: String(schema.title ?? type),
    description: String(schema.description ?? ""),
    schema: schema as JsonObject,
    examples: (schema.examples ?? []) as readonly JsonObject[],
    subject: (schema["x-subject"] ?? "customer") as FactSchema["subject"],
    future: schema["x-future"] === true,
    needsCorrects: schema["x-corrects"] === "required",
    claims,
    ofHolder: schema["x-holder"] === "account",
    upcast: (schema["x-upcast"] ?? {}) as Upcast,
    check: data => {
      if (plan.holdsAnything && isTooDeep(data))
        return [{ field: "data", code: "too-deep", message: "nests deeper than 200 levels" }];
      return validate(data) ? noFaults : dataFaults(validate.errors as ErrorObject[], plan.isOpen);
    },
    normalise: (data, customerOf) => {
      const to: Normalising = { customerOf, personal: null };
      const stored = plan.convert(data as JsonValue, to, "") as JsonObject;
      return { data: stored, personal: to.personal, flags: odditiesOf(checks, stored) };
    },
  };
}

function assertComparable(
  checks: readonly OddityCheck[],
  schema: SchemaNode,
  isOpen: (pointer: string) => boolean,
): void {
  const properties = (schema.properties ?? {}) as object;
  for (const { flag, field, before, after } of checks)
    for (const name of [field, (before ?? after) as string])
      if (!(name in properties) || !isOpen(`/${name}`))
        throw new Error(`x-checks ${flag}: ${name} is not a property stored in clear`);
}
