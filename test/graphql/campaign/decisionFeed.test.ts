import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import { cursorAt } from "../../../src/graphql/campaign/decision/decisionList.ts";
import { decisionFeed } from "../../../src/graphql/campaign/feed/decisionSubscription.ts";
import type { DecisionReading } from "../../../src/graphql/campaign/feed/readDecisionFeed.ts";
import type { RequestContext } from "../../../src/graphql/context.ts";
import type { RequestScope } from "../../../src/graphql/server/requestScope.ts";
import { customerId, newEvent } from "../../projections/support/facts.ts";

const stream = customerStream(customerId("ada"));
/** A decision of the campaign followed, one of another, and a receipt of the first. */
const kinds = {
  own: ["campaign-decided", "sorry"],
  other: ["campaign-decided", "x"],
  receipt: ["delivery-reported", "sorry"],
};
type Kind = keyof typeof kinds;

/** What comes to the log, page size, and how far the read models have come when the subscriber looks: each in turn. */
const stories = fc.record({
  events: fc.array(fc.constantFrom<Kind>("own", "other", "receipt"), { maxLength: 40 }),
  looks: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 12 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
});

test("however the read models come along, every decision is told once, in order, and from any cursor on", async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ({ events, looks, pageSize }) => {
      const { writer, reader } = createMemoryLog({ logId: "log" });
      events.forEach((kind, index) => {
        const [type, id] = kinds[kind] as [string, string];
        const data = { outcome: "send" };
        const event = newEvent({ stream, name: `event ${index}`, type, occurredAt: 1, data });
        writer.append(
          [{ writes: [{ stream, expected: "any", events: [{ ...event, correlationId: `campaign-${id}` }] }] }],
          1,
        );
      });
      const expected = events.flatMap((kind, index) => (kind === "own" ? [index + 1] : []));
      const backend = { log: reader, logId: "log", commits: { watch: () => () => {} } };
      const follow = (after: string) =>
        decisionFeed({ campaignId: "sorry", after, pageSize }, { backend } as unknown as RequestContext);
      const feed = follow(cursorAt("log", "sorry" as never, 0));
      let position = 0;
      let place = feed.start;
      const told: number[] = [];
      const scope = () => ({ session: () => ({ position, campaignRow: () => "{}" }) }) as unknown as RequestScope;
      for (const step of [...looks, events.length]) {
        position = Math.min(events.length, position + step);
        for (;;) {
          const read = await feed.read(place, scope());
          if (read === null) break;
          place = read.place;
          const message = read.message as DecisionReading;
          if (message.kind !== "decisions") throw new Error(message.message);
          expect(message.decisions.length).toBeLessThanOrEqual(pageSize);
          told.push(...message.decisions.map(decision => decision.position));
          expect(follow(message.cursor).start).toBe(place);
        }
      }
      expect(told).toEqual(expected);
    }),
  );
});
