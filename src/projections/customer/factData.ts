import type { RecordedEvent } from "../../domain/event.ts";
import type { Money } from "../../domain/money.ts";
import type { Provenance } from "./customer.ts";

/*
 * Facts were validated at the door; what is checked again here is what would silently falsify a figure or an index if
 * it were wrong. Each check throws an Error naming the field: the engine turns that into a degraded customer.
 */

export const provenanceOf = ({ source, occurredAt, position }: RecordedEvent): Provenance => ({
  source,
  occurredAt,
  position,
});

export function moneyIn(field: string, money: Money | undefined): Money {
  if (typeof money !== "object" || money === null) throw new Error(`${field}: an amount of money is missing`);
  if (!Number.isSafeInteger(money.minorUnits)) {
    throw new Error(`${field}: ${String(money.minorUnits)} is no exact count of minor units`);
  }
  if (typeof money.currency !== "string" || money.currency === "") throw new Error(`${field}: the currency is missing`);
  return money;
}

const loneSurrogate = /\p{Surrogate}/u;

/** Keys go into indexes as UTF-8, where half a surrogate pair could not be told from another. */
export function keyIn(field: string, key: unknown): string {
  if (typeof key !== "string" || key === "") throw new Error(`${field}: a text is missing`);
  if (loneSurrogate.test(key)) throw new Error(`${field}: not well-formed Unicode`);
  return key;
}

/** An account's reference, `system/id`. */
export function accountIn(field: string, ref: unknown): string {
  const key = keyIn(field, ref);
  if (key.indexOf("/") < 1) throw new Error(`${field}: "${key}" is no account reference (system/id)`);
  return key;
}

export const optionalAccountIn = (field: string, ref: unknown): string | null =>
  ref === undefined || ref === null ? null : accountIn(field, ref);
