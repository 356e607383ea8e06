import { Temporal } from "temporal-polyfill";
import type { Instant } from "../../domain/instant.ts";
import { formatMinorUnits, type Money } from "../../domain/money.ts";
import type { TagValue, ValueType } from "../../domain/tag/tagValue.ts";
import { currencyDigits } from "../../intake/currencies.ts";
import type { TagValueKind } from "./tagEnums.ts";

export type TagValueNode = {
  readonly kind: TagValueKind;
  readonly display: string;
  readonly boolean: boolean | null;
  readonly number: string | null;
  readonly money: Money | null;
  readonly instant: Instant | null;
  readonly date: string | null;
  readonly text: string | null;
  readonly members: readonly string[] | null;
};

const blank = { boolean: null, number: null, money: null, instant: null, date: null, text: null, members: null };

/** Null where the customer has no value. A value that is none of its type is a bug, not something to show. */
export function tagValueNode(value: TagValue, type: ValueType): TagValueNode | null {
  if (value === null) return null;
  switch (type.kind) {
    case "boolean":
      return { ...blank, kind: type.kind, display: String(value), boolean: value as boolean };
    case "enumeration":
    case "text":
      return { ...blank, kind: type.kind, display: value as string, text: value as string };
    case "number": {
      const number = formatMinorUnits(value as number, type.decimals);
      return { ...blank, kind: type.kind, display: number, number };
    }
    case "money": {
      const money = { minorUnits: value as number, currency: type.currency };
      const digits = currencyDigits(type.currency) ?? 0;
      return {
        ...blank,
        kind: type.kind,
        display: `${formatMinorUnits(money.minorUnits, digits)} ${type.currency}`,
        money,
      };
    }
    case "date": {
      const date = localDate(value as Instant, type.zone);
      return { ...blank, kind: type.kind, display: date, instant: value as Instant, date };
    }
    case "set": {
      const members = value as readonly string[];
      return { ...blank, kind: type.kind, display: members.join(", "), members };
    }
  }
}

const localDate = (instant: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
