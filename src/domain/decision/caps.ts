import type { Cap } from "../campaign/policy.ts";
import type { Instant } from "../instant.ts";

/** A contact that was made or is about to be: a send decided here, or one reported from outside. */
export type Contact = {
  readonly at: Instant;
  readonly channel: string;
  /** Null where the source did not say: such a contact counts for every purpose, since unknown must not let more through. */
  readonly purpose: string | null;
};

/** How a cap stands for one more contact at an instant. */
export type CapStand = {
  readonly cap: Cap;
  /** Contacts that it counts in (at − within, at]. */
  readonly count: number;
  readonly stops: boolean;
  /** From when on it lets one more through if nothing else is sent: `at` where it does now, null for never (at most 0). */
  readonly freeAt: Instant | null;
};

/**
 * The most restrictive of the caps that hold for a channel and purpose: of those that stop the one that does so longest, else the
 * one with the least room. Null where none holds. `contacts` by time, earliest first; those after `at` are not counted.
 */
export function tightestCap(
  caps: readonly Cap[],
  contacts: readonly Contact[],
  channel: string,
  purpose: string,
  at: Instant,
): CapStand | null {
  let tightest: CapStand | null = null;
  for (const cap of caps) {
    if (!holdsFor(cap, channel, purpose)) continue;
    const stand = standOf(cap, contacts, at);
    if (tightest === null || isTighter(stand, tightest)) tightest = stand;
  }
  return tightest;
}

const holdsFor = (cap: Cap, channel: string, purpose: string | null): boolean =>
  (cap.channels.length === 0 || cap.channels.includes(channel)) &&
  (cap.purposes.length === 0 || purpose === null || cap.purposes.includes(purpose));

function standOf(cap: Cap, contacts: readonly Contact[], at: Instant): CapStand {
  const first = firstAfter(contacts, at - cap.within);
  let count = 0;
  for (let index = first; index < contacts.length; index += 1) {
    const contact = contacts[index] as Contact;
    if (contact.at > at) break;
    if (holdsFor(cap, contact.channel, contact.purpose)) count += 1;
  }
  const stops = count >= cap.most;
  return { cap, count, stops, freeAt: stops ? freeAgain(cap, contacts, first, count) : at };
}

/** There is room again once all but `most − 1` of those counted have left the window; each leaves at its instant + within. */
function freeAgain(cap: Cap, contacts: readonly Contact[], first: number, count: number): Instant | null {
  if (cap.most <= 0) return null;
  let toLeave = count - cap.most + 1;
  for (let index = first; index < contacts.length; index += 1) {
    const contact = contacts[index] as Contact;
    if (!holdsFor(cap, contact.channel, contact.purpose)) continue;
    toLeave -= 1;
    if (toLeave === 0) return contact.at + cap.within;
  }
  return null;
}

function isTighter(one: CapStand, other: CapStand): boolean {
  if (one.stops !== other.stops) return one.stops;
  if (!one.stops) return one.cap.most - one.count < other.cap.most - other.count;
  return other.freeAt !== null && (one.freeAt === null || one.freeAt > other.freeAt);
}

/** Index of the first contact strictly after an instant. */
function firstAfter(contacts: readonly Contact[], instant: Instant): number {
  let low = 0;
  let high = contacts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((contacts[middle] as Contact).at > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
