import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cap } from "../../../src/domain/campaign/policy.ts";
import { type Contact, tightestCap } from "../../../src/domain/decision/caps.ts";

const anyCap: fc.Arbitrary<Cap> = fc.record({
  channels: fc.subarray(["email", "sms"]),
  purposes: fc.subarray(["marketing", "service"]),
  most: fc.integer({ min: 0, max: 4 }),
  within: fc.integer({ min: 1, max: 40 }),
});
const anyContacts: fc.Arbitrary<readonly Contact[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 100 }),
      channel: fc.constantFrom("email", "sms", "phone"),
      purpose: fc.constantFrom("marketing", "service", null),
    }),
    { maxLength: 20 },
  )
  .map(contacts => [...contacts].sort((one, other) => one.at - other.at));

const counted = (cap: Cap, contacts: readonly Contact[], at: number): number =>
  contacts.filter(
    contact =>
      contact.at > at - cap.within &&
      contact.at <= at &&
      (cap.channels.length === 0 || cap.channels.includes(contact.channel)) &&
      (cap.purposes.length === 0 || contact.purpose === null || cap.purposes.includes(contact.purpose)),
  ).length;

test("a contact is let through exactly when each cap that holds for it has room", () => {
  fc.assert(
    fc.property(
      fc.array(anyCap, { maxLength: 4 }),
      anyContacts,
      fc.integer({ min: 0, max: 150 }),
      (caps, contacts, at) => {
        const holding = caps.filter(
          cap =>
            (cap.channels.length === 0 || cap.channels.includes("email")) &&
            (cap.purposes.length === 0 || cap.purposes.includes("marketing")),
        );
        const stand = tightestCap(caps, contacts, "email", "marketing", at);
        expect(stand === null).toBe(holding.length === 0);
        expect(stand?.stops ?? false).toBe(holding.some(cap => counted(cap, contacts, at) >= cap.most));
        if (stand !== null) expect(stand.count).toBe(counted(stand.cap, contacts, at));
      },
    ),
    { numRuns: 500 },
  );
});

test("the instant at which a stopped contact is let through again is the first such one", () => {
  fc.assert(
    fc.property(fc.array(anyCap, { minLength: 1, maxLength: 4 }), anyContacts, (caps, contacts) => {
      const at = 100; // no contact comes later
      const stand = tightestCap(caps, contacts, "email", "marketing", at);
      if (stand === null || !stand.stops) return;
      let free: number | null = at + 1;
      while (free !== null && tightestCap(caps, contacts, "email", "marketing", free)?.stops === true) {
        free = free > 200 ? null : free + 1;
      }
      expect(stand.freeAt).toBe(free);
    }),
    { numRuns: 500 },
  );
});

test("a contact counts until exactly the length of the window later", () => {
  const cap: Cap = { channels: [], purposes: [], most: 1, within: 1000 };
  const contacts = [{ at: 5000, channel: "sms", purpose: "service" }];
  const stops = (at: number): boolean => tightestCap([cap], contacts, "email", "marketing", at)?.stops ?? false;
  expect([4999, 5000, 5999, 6000].map(stops)).toEqual([false, true, true, false]);
});

test("the most restrictive of caps that stop is the one that stops longest, of those that do not the one with the least room", () => {
  const cap = (most: number, within: number): Cap => ({ channels: [], purposes: [], most, within });
  const contacts = [10, 20, 30].map(at => ({ at, channel: "email", purpose: "marketing" }));
  const tightest = (caps: readonly Cap[]) => tightestCap(caps, contacts, "email", "marketing", 40);
  expect(tightest([cap(3, 100), cap(1, 25)])).toMatchObject({ cap: cap(3, 100), freeAt: 110 });
  expect(tightest([cap(9, 100), cap(3, 25)])).toMatchObject({ cap: cap(3, 25), count: 2, stops: false });
  expect(tightest([cap(3, 100), cap(0, 1)])).toMatchObject({ cap: cap(0, 1), freeAt: null });
});
