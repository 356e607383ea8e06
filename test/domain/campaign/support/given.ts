import { expect } from "vitest";
import type { CampaignId, Kpi } from "../../../../src/domain/campaign/campaign.ts";
import type { CampaignCatalogue } from "../../../../src/domain/campaign/campaignCatalogue.ts";
import type { CampaignEvent, OfferEvent, PolicyEvent } from "../../../../src/domain/campaign/events.ts";
import { emptyCampaignCatalogue, foldCampaignEvents } from "../../../../src/domain/campaign/foldCampaignEvent.ts";
import type { OutsideCampaign, OutsideOffer, OutsidePolicy } from "../../../../src/domain/campaign/outside.ts";
import { parseCampaign } from "../../../../src/domain/campaign/parse/parseCampaign.ts";
import { parseKpi } from "../../../../src/domain/campaign/parse/parseKpi.ts";
import { parseOffer } from "../../../../src/domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../../../../src/domain/campaign/parse/parsePolicy.ts";
import type { RecordedEvent } from "../../../../src/domain/event.ts";
import type { Fault } from "../../../../src/domain/fault.ts";
import { emptySegmentCatalogue } from "../../../../src/domain/segment/foldSegmentEvent.ts";
import { surroundings } from "../../segment/support/knownTags.ts";

type Told = {
  readonly stream: string;
  readonly event: CampaignEvent | PolicyEvent | OfferEvent;
  readonly by: string;
};

export const others = { segments: emptySegmentCatalogue, now: 0 };

export const readCampaign = (json: OutsideCampaign) => value(parseCampaign(json, surroundings));
export const readPolicy = (json: OutsidePolicy) => value(parsePolicy(json, surroundings));
export const readOffer = (json: OutsideOffer) => value(parseOffer(json, surroundings));
export const readKpi = (code: string, name = code): Kpi =>
  value(parseKpi({ code, name, facts: { types: ["card-issued"] } }, surroundings));

function value<Value>(result: { readonly ok: boolean; readonly value?: Value; readonly refusal?: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value as Value;
}

/** What was told of campaigns, in the words of the tests; by ada unless another is named. */
const of = (id: string, event: CampaignEvent, by = "ada"): Told => ({ stream: `campaign-${id}`, event, by });
export const drafted = (json: OutsideCampaign, version = 1, by = "ada") =>
  of(json.id, { type: "campaign-drafted", data: { version, definition: readCampaign(json) } }, by);
export const approved = (id: string, version = 1, by = "bo") =>
  of(id, { type: "campaign-approved", data: { version } }, by);
export const started = (id: string, version = 1) => of(id, { type: "campaign-started", data: { version } });
export const paused = (id: string) => of(id, { type: "campaign-paused", data: { reason: "wait" } });
export const resumed = (id: string) => of(id, { type: "campaign-resumed", data: {} });
export const finished = (id: string) => of(id, { type: "campaign-finished", data: { reason: "over" } });
export const kpiAdded = (id: string, kpi: Kpi) => of(id, { type: "campaign-kpi-added", data: { kpi } });

export function policyPublished(json: OutsidePolicy, version = 1): readonly Told[] {
  const stream = `policy-${json.id}`;
  return [
    { stream, event: { type: "policy-drafted", data: { version, definition: readPolicy(json) } }, by: "ada" },
    { stream, event: { type: "policy-published", data: { version } }, by: "ada" },
  ];
}
export function offerPublished(json: OutsideOffer, version = 1): readonly Told[] {
  const stream = `offer-${json.id}`;
  return [
    { stream, event: { type: "offer-drafted", data: { version, definition: readOffer(json) } }, by: "ada" },
    { stream, event: { type: "offer-published", data: { version } }, by: "ada" },
  ];
}
export const offerRetired = (id: string): Told => ({
  ...{ stream: `offer-${id}`, event: { type: "offer-retired", data: { version: 1, reason: "old" } }, by: "ada" },
});

/** Events at positions 1, 2, 3 …, recorded at ten times their position. */
export function eventsOf(...told: readonly (Told | readonly Told[])[]): RecordedEvent[] {
  const revisions = new Map<string, number>();
  return told.flat().map(({ stream, event, by }, index) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const position = index + 1;
    const where = { position, recordedAt: position * 10, stream, revision };
    return { ...where, ...event, actor: { kind: "person", id: by } } as unknown as RecordedEvent;
  });
}

type Decision =
  | { readonly ok: true; readonly value: { readonly version: number; readonly event: unknown } }
  | { readonly ok: false; readonly refusal: { readonly kind: string } };

/** given(what was told).when(decision).thenRecords(event), or thenChangesNothing(), or thenRefuses(with this). */
export function given(...told: readonly (Told | readonly Told[])[]) {
  const catalogue = foldCampaignEvents(emptyCampaignCatalogue, eventsOf(...told));
  return {
    catalogue,
    campaign: (id: string) => catalogue.campaigns.get(id as CampaignId)!,
    when: (decide: (catalogue: CampaignCatalogue) => Decision) => outcome(decide(catalogue)),
  };
}

function outcome(decision: Decision) {
  const refusal = () => {
    if (decision.ok) throw new Error(`expected a refusal, got ${JSON.stringify(decision.value)}`);
    return decision.refusal as { readonly kind: string; readonly message: string; readonly faults?: readonly Fault[] };
  };
  return {
    decision,
    thenRecords: (event: object) => expect(decision).toMatchObject({ ok: true, value: { event } }),
    thenChangesNothing: () => expect(decision).toMatchObject({ ok: true, value: { event: null } }),
    /** The whole refusal but its message, or only its kind. Gives the message. */
    thenRefuses: (expected: object | string): string => {
      const { message, ...rest } = refusal();
      expect(typeof expected === "string" ? rest.kind : rest).toEqual(expected);
      return message;
    },
    /** Places and codes of faults. Gives the message. */
    thenFaults: (...expected: readonly string[]): string => {
      const { faults = [], message } = refusal();
      expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
      return message;
    },
  };
}
