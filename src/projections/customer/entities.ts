import type { Customer, Provenance, Remembered } from "./customer.ts";
import { isNewer } from "./restate.ts";

/** Keys come from outside ("constructor", "__proto__"), so a lookup must never see an inherited property. */
export const ownValue = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | null =>
  Object.hasOwn(record, key) ? (record[key] as Value) : null;

type EntityMap = {
  [Name in keyof Customer]-?: Customer[Name] extends Readonly<Record<string, infer Entity>>
    ? Entity extends Provenance
      ? Name
      : never
    : never;
}[keyof Customer];

export const withEntity = <Name extends EntityMap>(
  customer: Customer,
  name: Name,
  key: string,
  entity: Customer[Name][string],
): Customer => ({ ...customer, [name]: { ...customer[name], [key]: entity } });

export function withoutEntity(customer: Customer, name: EntityMap, key: string): Customer {
  if (!Object.hasOwn(customer[name], key)) return customer;
  const { [key]: _, ...others } = customer[name];
  return { ...customer, [name]: others };
}

/** The end that stands for a key, when it is newer than the fact: then the fact is already history. */
export const endedSince = (customer: Customer, key: string, fact: Provenance): boolean => {
  const end = endOf(customer, key);
  return end !== null && isNewer(end, fact);
};

export const endOf = (customer: Customer, key: string): Provenance | null =>
  customer.remembered?.ends === undefined ? null : ownValue(customer.remembered.ends, key);

export const rememberEnd = (customer: Customer, key: string, end: Provenance): Customer =>
  remember(customer, { ...customer.remembered, ends: { ...customer.remembered?.ends, [key]: end } });

export function forgetEnd(customer: Customer, key: string): Customer {
  if (endOf(customer, key) === null) return customer;
  const { [key]: _, ...ends } = customer.remembered?.ends ?? {};
  return remember(customer, { ...customer.remembered, ends });
}

/** Empty parts are left out, so that equal customers have equal texts. */
export function remember(customer: Customer, { reversals, corrections, ends }: Remembered): Customer {
  const { remembered: _, ...profile } = customer;
  const kept: Remembered = {
    ...(reversals === undefined || isEmpty(reversals) ? {} : { reversals }),
    ...(corrections === undefined || isEmpty(corrections) ? {} : { corrections }),
    ...(ends === undefined || isEmpty(ends) ? {} : { ends }),
  };
  return isEmpty(kept) ? profile : { ...profile, remembered: kept };
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;
