import { Temporal } from "temporal-polyfill";
import type { OffsetSpan } from "../../domain/decision/quietHours.ts";
import type { Instant } from "../../domain/instant.ts";

/** Spans of a zone that were asked for, latest asked first: nearly every question is about the present one. */
type KnownZone = { last: OffsetSpan; readonly spans: OffsetSpan[] };

const zones = new Map<string, KnownZone | null>();
/** Names come from customers' attributes, and anything may stand there. */
const namesKept = 2000;
const spansKept = 400;

/** The stretch of constant offset that an instant lies in; null where there is no such IANA zone. Remembered for each zone. */
export function zoneOffsets(zone: string, at: Instant): OffsetSpan | null {
  let known = zones.get(zone);
  if (known === undefined) {
    known = open(zone, at);
    if (zones.size >= namesKept) zones.clear();
    zones.set(zone, known);
  }
  if (known === null) return null;
  if (at >= known.last.from && at < known.last.until) return known.last;
  let span = known.spans.find(({ from, until }) => at >= from && at < until);
  if (span === undefined) {
    span = spanAt(zone, at);
    if (known.spans.length >= spansKept) known.spans.length = 0;
    known.spans.push(span);
  }
  known.last = span;
  return span;
}

/** Names only: "+01:00" is an offset, which says nothing about summer time. */
const looksLikeZone = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

function open(zone: string, at: Instant): KnownZone | null {
  if (!looksLikeZone.test(zone)) return null;
  try {
    const last = spanAt(zone, at);
    return { last, spans: [last] };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Costs some 100 us. Throws a RangeError where there is no such zone. */
function spanAt(zone: string, at: Instant): OffsetSpan {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // "previous" is strictly before its instant, and one at this very instant begins the span.
  const before = local.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const after = local.getTimeZoneTransition("next");
  return {
    offset: local.offsetNanoseconds / 1_000_000,
    from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  };
}
