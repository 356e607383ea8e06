import { Temporal } from "temporal-polyfill";
import type { Standards } from "../domain/tag/standards.ts";
import { currencyDigits } from "./currencies.ts";

const zones = new Map<string, boolean>();
const zonesKept = 1000;

/** Currencies of ISO 4217 and zones of the IANA database as this Node knows them. */
export const standards: Standards = {
  digitsOf: currencyDigits,
  isZone: zone => {
    let known = zones.get(zone);
    if (known === undefined) {
      known = looksLikeZone.test(zone) && opens(zone);
      if (zones.size >= zonesKept) zones.clear();
      zones.set(zone, known);
    }
    return known;
  },
  startOfDay: (date, zone) => {
    try {
      return Temporal.PlainDate.from(date, { overflow: "reject" }).toZonedDateTime(zone).epochMilliseconds;
    } catch {
      return null;
    }
  },
};

/** Names only: "+01:00" is an offset, which says nothing about summer time. */
const looksLikeZone = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

function opens(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
