import { parseDuration } from "../duration.ts";
import type { Window } from "../window.ts";
import { readInstant } from "./literal.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readBoolean,
  readChoice,
  readMembers,
  readTrue,
  readWhole,
  readWord,
  readZone,
  type Spot,
  wrongType,
} from "./reading.ts";

const mostPrevious = 1000;

/** Without a window, lifetime. */
export function readWindow(reading: Reading, spot: Spot): Window | null {
  if (!isThere(spot)) return { kind: "lifetime" };
  const choice = readChoice(reading, spot, ["lifetime", "rolling", "ago", "absolute", "calendar"], "a window");
  if (choice === null) return null;
  const inner = choice.spot;
  switch (choice.name) {
    case "lifetime":
      return readTrue(reading, inner) && { kind: "lifetime" };
    case "rolling": {
      const length = readDuration(reading, inner);
      return length === null ? null : { kind: "rolling", length };
    }
    case "ago":
      return readAgo(reading, inner);
    case "absolute":
      return readAbsolute(reading, inner);
    case "calendar": {
      if (!readMembers(reading, inner, ["unit", "previous", "current", "zone"], "a calendar window")) return null;
      const unit = readWord(reading, member(inner, "unit"), ["day", "week", "month", "quarter", "year"]);
      const previousSpot = member(inner, "previous");
      const previous = isThere(previousSpot) ? readWhole(reading, previousSpot, 0, mostPrevious) : 0;
      const zone = readZone(reading, member(inner, "zone"));
      const currentSpot = member(inner, "current");
      const current = isThere(currentSpot) ? readBoolean(reading, currentSpot) : false;
      if (unit === null || previous === null || zone === null || current === null) return null;
      // Without previous units there is only the current one.
      return { kind: "calendar", unit, previous, zone, ...(current && previous > 0 ? { current } : {}) };
    }
  }
}

/** A length of time in milliseconds. */
export function readDuration(reading: Reading, spot: Spot): number | null {
  if (typeof spot.value !== "string") return wrongType(reading, spot, "an ISO 8601 duration such as P30D");
  const length = parseDuration(spot.value);
  return typeof length === "number" ? length : fault(reading, spot.path, length.code, length.message);
}

function readAgo(reading: Reading, spot: Spot): Window | null {
  if (!readMembers(reading, spot, ["from", "to"], "a window between two times ago")) return null;
  const from = readDuration(reading, member(spot, "from"));
  const to = readDuration(reading, member(spot, "to"));
  if (from === null || to === null) return null;
  if (from > to) return { kind: "ago", from, to };
  return fault(reading, spot.path, "empty-window", "`from` must be longer ago than `to`");
}

function readAbsolute(reading: Reading, spot: Spot): Window | null {
  if (!readMembers(reading, spot, ["from", "to", "zone"], "an absolute window")) return null;
  const zoneSpot = member(spot, "zone");
  const own = isThere(zoneSpot) ? readZone(reading, zoneSpot) : undefined;
  const zone = own ?? (reading.type?.kind === "date" ? reading.type.zone : null);
  if (own === null) return null;
  const from = readInstant(reading, member(spot, "from"), zone);
  const to = readInstant(reading, member(spot, "to"), zone);
  if (from === null || to === null) return null;
  if (from < to) return { kind: "absolute", from, to };
  return fault(
    reading,
    spot.path,
    "empty-window",
    "`from` must be before `to`, which is the first instant that does not count",
  );
}
