import { expect, test } from "vitest";
import type { CampaignCatalogue, Said } from "../../../../src/domain/campaign/campaignCatalogue.ts";
import type { Decision } from "../../../../src/domain/decision/decision.ts";
import { customerStream, type EventId } from "../../../../src/domain/ids.ts";
import type { LeanEvent } from "../../../../src/projections/campaigns/replay/leanLog.ts";
import { replayPolicy } from "../../../../src/projections/campaigns/replay/replayPolicy.ts";
import {
  campaign,
  customer,
  day,
  decided,
  eventId,
  noon,
  policy,
} from "../../../domain/decision/support/givenDecision.ts";

const said: Said = { position: 1, at: 1, actor: { kind: "person", id: "ada" } };
const version = <Definition>(number: number, definition: Definition) => ({
  ...{ version: number, definition, drafted: said, approved: said, published: said, ended: null },
});
const definition = campaign({ policy: policy().id });
const tried = policy({ caps: [{ channels: [], purposes: [], most: 1, within: 7 * day }] });
const catalogue = {
  position: 100,
  campaigns: new Map([[definition.id, { id: definition.id, versions: [version(1, definition)] }]]),
  policies: new Map([[tried.id, { id: tried.id, versions: [version(1, policy()), version(2, tried)] }]]),
  offers: new Map(),
} as unknown as CampaignCatalogue;

type Told = Pick<LeanEvent, "type"> & { readonly of: number; readonly data: object; readonly at?: number };

/** Where in the list an event stands is its position, from 1. */
async function replayed(...told: readonly Told[]) {
  const withheld = told.flatMap(({ type, data }, index) =>
    type === "delivery-reported"
      ? [{ decisionId: (data as { contactId: EventId }).contactId, position: index + 1 }]
      : [],
  );
  const events = told.map(
    ({ type, of, data, at = noon }, index): LeanEvent => ({
      ...{ position: index + 1, type, stream: customerStream(customer(of)), eventId: eventId(index + 1) },
      ...{ occurredAt: at, corrects: null, data: JSON.stringify(data) },
    }),
  );
  const log = {
    head: async () => events.length,
    between: async (types: readonly string[], after: number, to: number) =>
      events.filter(({ type, position }) => types.includes(type) && position > after && position <= to),
  };
  const trial = { policy: tried.id, version: 2, campaign: null, from: null, to: null, keep: 9 };
  return (await replayPolicy({ log, catalogue, answers: null, withheld, onProgress: () => {} }, trial)).report;
}

const sent = (of: number, known: number, number: number): Told => {
  const { customerId: _, ...data }: Decision = {
    ...decided({ definition, policy: { definition: policy(), version: 1 }, customerId: customer(of), at: noon }),
    ...{ decisionId: eventId(number), known },
  };
  return { type: "campaign-decided", of, data };
};
const contacted = (of: number): Told => ({
  ...{ type: "campaign-contacted", of, at: noon - day },
  data: { contactId: "c", campaignId: "elsewhere", channel: "email" },
});

test("a contact from outside counts for decisions that knew of it, and not for one that was on its way into the log", async () => {
  expect(await replayed(contacted(1), sent(1, 1, 50))).toMatchObject({ contacts: { made: 1, wouldBe: 0 } });
  expect(await replayed(contacted(1), sent(1, 0, 50))).toMatchObject({ contacts: { made: 1, wouldBe: 1 } });
});

test("what was sent to somebody who was merged into the customer counts with the customer's own", async () => {
  const merged: Told = { type: "identity-merged", of: 1, data: { customer: customer(2) } };
  expect(await replayed(sent(2, 0, 50), merged, sent(1, 2, 51))).toMatchObject({ contacts: { made: 2, wouldBe: 1 } });
  expect(await replayed(sent(2, 0, 50), sent(1, 1, 51))).toMatchObject({ contacts: { made: 2, wouldBe: 2 } });
});

test("a send that was withheld counts until that was known, and for no decision afterwards", async () => {
  const withheld: Told = { type: "delivery-reported", of: 1, data: { contactId: eventId(50) } };
  expect(await replayed(sent(1, 0, 50), withheld, sent(1, 2, 51))).toMatchObject({ contacts: { made: 2, wouldBe: 2 } });
  expect(await replayed(sent(1, 0, 50), withheld, sent(1, 1, 51))).toMatchObject({ contacts: { made: 2, wouldBe: 1 } });
  expect(await replayed(sent(1, 0, 50), withheld, sent(1, 2, 51), sent(1, 3, 52))).toMatchObject({
    contacts: { made: 3, wouldBe: 2 },
  });
});
