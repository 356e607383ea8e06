import { expect, test } from "vitest";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import type { CampaignId } from "../../../src/domain/campaign/campaign.ts";
import type { Decision } from "../../../src/domain/decision/decision.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import { decisionPage } from "../../../src/graphql/campaign/decision/decisionPage.ts";
import { ListOrder } from "../../../src/graphql/connection/order.ts";
import { customerId, newEvent } from "../../projections/support/facts.ts";

const id = "spring" as CampaignId;

/** Decisions at positions 1, 2, 3 …, of these outcomes. */
function decided(...outcomes: readonly Decision["outcome"][]) {
  const { writer, reader } = createMemoryLog();
  outcomes.forEach((outcome, index) => {
    const fact = newEvent({
      ...{
        stream: customerStream(customerId("ada")),
        name: `decision ${index}`,
        type: "campaign-decided",
        occurredAt: 1,
      },
      data: { outcome, reason: outcome === "skip" ? "consent" : null },
    });
    const event = { ...fact, correlationId: "campaign-spring" };
    writer.append([{ writes: [{ stream: customerStream(customerId("ada")), expected: "any", events: [event] }] }], 1);
  });
  const parts = { log: reader, logId: "log", position: outcomes.length };
  return async (after: string | null, order: ListOrder, mostLookedAt: number) => {
    const asked = { first: 2, after, order, outcome: "send", reason: null } as const;
    const page = await decisionPage(parts, id, asked, mostLookedAt);
    return { at: page.nodes.map(({ position }) => position), next: page.hasNextPage, end: page.endCursor };
  };
}

test.each([
  [ListOrder.OLDEST_FIRST, [[1], [], [8, 9]]],
  [ListOrder.NEWEST_FIRST, [[9, 8], [], [1]]],
])("a page that was looked for only so far goes on where it stopped: %s", async (order, pages) => {
  const read = decided("send", "skip", "skip", "skip", "skip", "skip", "skip", "send", "send");
  let after: string | null = null;
  const told: number[][] = [];
  for (let more = true; more && told.length < 9; ) {
    const page = await read(after, order, 3);
    if (page.at.length > 0 || page.next) told.push(page.at);
    more = page.next;
    after = page.end;
  }
  expect(told).toEqual(pages);
});
