import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { campaigns, drawnPolicy, drawnSteps, start, zones } from "./support/drawnSteps.ts";
import { customer } from "./support/givenDecision.ts";
import { simulatedBank } from "./support/simulatedBank.ts";

/* Whatever comes in whatever order, what was sent is held against the rules in the plainest way there is. */
test("no sequence of facts, holds and changes of mind ever breaks a cap, quiet hours, consent or a budget", () => {
  let sends = 0;
  let defers = 0;
  fc.assert(
    fc.property(drawnSteps, drawnPolicy, (steps, policy) => {
      const { log, spent } = simulatedBank({ steps, start, campaigns, policy, zones });
      for (const logged of log) {
        if (logged.kind !== "decision" || logged.decision.policyId === null) continue;
        const { decision, allowed, before } = logged;
        defers += decision.outcome === "defer" ? 1 : 0;
        if (decision.outcome !== "send") continue;
        sends += 1;
        expect(allowed).toBe(true);
        if (policy.exempt.includes(decision.purpose)) continue;
        const of = [0, 1, 2, 3].find(number => customer(number) === decision.customerId) as number;
        const lived = zones[of] ?? policy.quietHours?.zone ?? null;
        if (lived === null) return expect.unreachable("sent without a zone");
        const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(decision.at).toZonedDateTimeISO(lived);
        const from = policy.quietHours?.from as number;
        expect(hour * 60 + minute >= 7 * 60 && hour * 60 + minute < from).toBe(true);
        const applies = (list: readonly string[], value: string | null): boolean =>
          list.length === 0 || value === null || list.includes(value);
        for (const cap of policy.caps) {
          if (!applies(cap.channels, decision.channel) || !applies(cap.purposes, decision.purpose)) continue;
          const window = before.filter(
            one =>
              one.at > decision.at - cap.within &&
              one.at <= decision.at &&
              applies(cap.channels, one.channel) &&
              applies(cap.purposes, one.purpose),
          );
          expect(window.length).toBeLessThan(cap.most);
        }
      }
      for (const { money, contacts } of spent) {
        expect(money).toBeLessThanOrEqual(900);
        expect(contacts).toBeLessThanOrEqual(15);
      }
    }),
    { numRuns: 200 },
  );
  expect(Math.min(sends, defers)).toBeGreaterThan(50);
});
