import { readKinds } from "../../tag/parse/facts.ts";
import { readInstant } from "../../tag/parse/literal.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readChoice,
  readMembers,
  readTrue,
  readWord,
  readZone,
  type Spot,
} from "../../tag/parse/reading.ts";
import { readDuration } from "../../tag/parse/window.ts";
import type { CampaignStart, OwnZone } from "../campaign.ts";
import { noDecisions, readTimeOfDay, readZoneAttribute, refuseMember } from "./readParts.ts";

export const defaultMaxAge = 3_600_000;

/** When customers are decided about. `zone`: of the campaign, where days begin. */
export function readStart(reading: Reading, spot: Spot, zone: string): CampaignStart | null {
  const choice = readChoice(reading, spot, ["trigger", "once", "recurring", "outside"], "a start");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  switch (name) {
    case "trigger": {
      if (!readMembers(reading, inner, ["types", "where", "maxAge"], "a trigger")) return null;
      const { kinds } = readKinds(reading, inner);
      noDecisions(reading, member(inner, "types"));
      const ageSpot = member(inner, "maxAge");
      const maxAge = isThere(ageSpot) ? readDuration(reading, ageSpot) : defaultMaxAge;
      return kinds === null || maxAge === null ? null : { kind: "trigger", ...kinds, maxAge };
    }
    case "once": {
      if (!readMembers(reading, inner, ["at", "zoneAttribute", "zone"], "a single wave")) return null;
      const at = readInstant(reading, member(inner, "at"), zone);
      const own = readOwnZone(reading, inner);
      return at === null || own === null ? null : { kind: "once", at, ...own };
    }
    case "recurring": {
      if (!readMembers(reading, inner, ["unit", "time", "from", "until", "zoneAttribute", "zone"], "recurring waves"))
        return null;
      const unit = readWord(reading, member(inner, "unit"), ["day", "week", "month"]);
      const time = readTimeOfDay(reading, member(inner, "time"));
      const from = readInstant(reading, member(inner, "from"), zone);
      const untilSpot = member(inner, "until");
      const until = isThere(untilSpot) ? readInstant(reading, untilSpot, zone) : undefined;
      const own = readOwnZone(reading, inner);
      if (unit === null || time === null || from === null || until === null || own === null) return null;
      if (until === undefined || from < until)
        return { kind: "recurring", unit, time, from, until: until ?? null, ...own };
      return fault(reading, inner.path, "empty-window", "`from` must be before `until`, before which the last wave is");
    }
    case "outside":
      return readTrue(reading, inner) && { kind: "outside" };
  }
}

/** Whose clocks say when; null where that cannot be read. */
function readOwnZone(reading: Reading, spot: Spot): { readonly ownZone?: OwnZone } | null {
  const [attributeSpot, zoneSpot] = [member(spot, "zoneAttribute"), member(spot, "zone")];
  if (!isThere(attributeSpot)) {
    refuseMember(
      reading,
      zoneSpot,
      "is for customers whose zoneAttribute is missing; without one the campaign's zone holds",
    );
    return {};
  }
  const zoneAttribute = readZoneAttribute(reading, attributeSpot);
  const zone = isThere(zoneSpot) ? readZone(reading, zoneSpot) : undefined;
  return zoneAttribute === null || zone === null ? null : { ownZone: { zoneAttribute, zone: zone ?? null } };
}
