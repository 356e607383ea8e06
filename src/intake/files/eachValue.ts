import type { FactSpec, ValueObject, ValueSpec } from "./mapping.ts";

/** A value of the mapping and where it stands ("/files/0/facts/1/data/amount"). */
export type PlacedValue = { readonly path: string; readonly value: ValueSpec };

const nested = ["key", "time", "nextDayIfBefore", "customer", "account", "date", "dateTime"] as const;

/** A value and every value inside it. */
export function* valuesIn(value: ValueSpec, path: string): Generator<PlacedValue> {
  yield { path, value };
  if (typeof value === "string") return;
  for (const name of nested) if (value[name] !== undefined) yield* valuesIn(value[name], `${path}/${name}`);
  for (const [index, each] of (value.firstOf ?? []).entries()) yield* valuesIn(each, `${path}/firstOf/${index}`);
}

/** Every value of a fact, those inside others too; ids stand as templates. */
export function* valuesOfFact(fact: FactSpec, path: string): Generator<PlacedValue> {
  const { subject, occurredAt, oncePer, correlationId, corrects } = fact;
  const direct = {
    "subject/customer": subject.customer,
    "subject/account": subject.account,
    occurredAt,
    oncePer,
    correlationId,
    corrects,
  };
  for (const [name, value] of Object.entries(direct))
    if (value !== undefined) yield* valuesIn(value, `${path}/${name}`);
  for (const [name, value] of Object.entries(fact.data)) yield* valuesIn(value, `${path}/data/${name}`);
}

export const sourcesOfValue = [
  "column",
  "constant",
  "template",
  "lookup",
  "firstOf",
  "customer",
  "account",
  "date",
  "dateTime",
] as const satisfies readonly (keyof ValueObject)[];
