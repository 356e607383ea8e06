import { type CampaignId, campaignStream } from "../domain/campaign/campaign.ts";
import type {
  CampaignCatalogue,
  CampaignState,
  OfferState,
  PolicyState,
} from "../domain/campaign/campaignCatalogue.ts";
import type { Catalogues } from "../domain/campaign/check/checkCampaign.ts";
import {
  addKpi,
  approveCampaign,
  draftCampaign,
  finishCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from "../domain/campaign/decide.ts";
import {
  draftOffer,
  draftPolicy,
  publishOffer,
  publishPolicy,
  retireOffer,
  retirePolicy,
} from "../domain/campaign/decideVersion.ts";
import type { CampaignEvent, OfferEvent, PolicyEvent } from "../domain/campaign/events.ts";
import { type OfferId, offerStream } from "../domain/campaign/offer.ts";
import { parseCampaign } from "../domain/campaign/parse/parseCampaign.ts";
import { parseKpi } from "../domain/campaign/parse/parseKpi.ts";
import { parseOffer } from "../domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../domain/campaign/parse/parsePolicy.ts";
import { type PolicyId, policyStream } from "../domain/campaign/policy.ts";
import type { CampaignRefusal, Subject } from "../domain/campaign/refusal.ts";
import { invalidDefinition } from "../domain/campaign/refused.ts";
import type { Actor, Position } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest, LogReader } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import type { Instant } from "../domain/instant.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import type { RuleSurroundings } from "../domain/segment/parse/ruleReading.ts";
import type { SegmentCatalogue } from "../domain/segment/segmentCatalogue.ts";
import { referableIn } from "../domain/tag/check/referable.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";
import { createCampaignCatalogueReader } from "./campaignCatalogueReader.ts";
import type { CampaignDefinitions, CampaignDone } from "./campaignDefinitions.ts";
import { type CarryOutParts, carryOut, type LifeEvent } from "./carryOut.ts";

export type CampaignDefinitionParts = {
  readonly log: Pick<LogReader, "head" | "read">;
  /** The log's writer, wherever it runs. Rejects with IntakeTimeout when it gives no answer. */
  readonly append: (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
  /** The tags and the segments, as the log has them now. */
  readonly tags: () => Promise<TagCatalogue>;
  readonly segments: () => Promise<SegmentCatalogue>;
  readonly fields: FactFields;
  readonly standards: Standards;
  readonly now: () => Instant;
  /** Shared with the doors for tags and segments, so that none goes while a campaign begins to ask for it. */
  readonly inTurn?: ReturnType<typeof oneAtATime>;
};

export function createCampaignDefinitions(parts: CampaignDefinitionParts): CampaignDefinitions {
  const { log, append, tags, segments, fields, standards, now, inTurn = oneAtATime() } = parts;
  const catalogue = createCampaignCatalogueReader(log);

  const run = async <State extends Lasting, Event extends LifeEvent, Word, Named>(
    kind: Kind<State, Event, Word, Named>,
    decide: Decide<Event>,
    actor: Actor,
  ): Promise<Result<Done<Word, Named>, CampaignRefusal>> => {
    const { subject, stream, stateOf, named, words } = kind;
    const idOf = (of: string): string => of.slice(stream("").length);
    const recording: CarryOutParts<CampaignCatalogue, CampaignRefusal> = {
      ...{ catalogue, append, now },
      revisionOf: (current, of) => stateOf(current, idOf(of))?.revision,
      invalid: faults => invalidDefinition(subject, null, faults),
      conflict: of => ({
        ...{ kind: "conflict", subject, id: idOf(of) },
        message: `others change the ${subject} at the same time, again and again; nothing was recorded: try again`,
      }),
    };
    const decided = async (current: CampaignCatalogue) => {
      const tag = referableIn(await tags(), "published");
      const others = { segments: await segments(), now: now() };
      const decision = decide({ standards, fields, tag }, others)(current);
      if (!decision.ok) return decision;
      const { id, version, event } = decision.value;
      return accept({ stream: stream(id), version, event });
    };
    const outcome = await carryOut<CampaignCatalogue, Event, CampaignRefusal>(decided, actor, recording);
    if (!outcome.ok) return outcome;
    const { version, event, position, catalogue: after } = outcome.value;
    const state = named(stateOf(after, idOf(outcome.value.stream))!);
    if (event === null || position === null)
      return accept({ ...state, kind: "unchanged", version, position: after.position });
    return accept({ ...state, kind: words[event.type as Event["type"]], version, position });
  };
  const campaign = (decide: Decide<CampaignEvent>, actor: Actor) => inTurn(() => run(campaigns, decide, actor));
  const policy = (decide: Decide<PolicyEvent>, actor: Actor) => inTurn(() => run(policies, decide, actor));
  const offer = (decide: Decide<OfferEvent>, actor: Actor) => inTurn(() => run(offers, decide, actor));

  return {
    draft: (json, actor) =>
      campaign((around, others) => {
        const parsed = parseCampaign(json, around);
        return parsed.ok ? draftCampaign(parsed.value, others) : refusing("campaign", json, parsed.refusal);
      }, actor),
    approve: (id, version, actor) =>
      campaign((around, others) => approveCampaign(id, version, actor, around, others), actor),
    start: (id, actor) => campaign((around, others) => startCampaign(id, around, others), actor),
    pause: (id, reason, actor) => campaign(() => pauseCampaign(id, reason), actor),
    resume: (id, actor) => campaign(() => resumeCampaign(id), actor),
    finish: (id, reason, actor) => campaign(() => finishCampaign(id, reason), actor),
    addKpi: (id, json, actor) =>
      campaign(around => {
        const parsed = parseKpi(json, around);
        return parsed.ok ? addKpi(id, parsed.value) : refusing("campaign", { id }, parsed.refusal);
      }, actor),
    draftPolicy: (json, actor) =>
      policy((around, others) => {
        const parsed = parsePolicy(json, around);
        return parsed.ok ? draftPolicy(parsed.value, others) : refusing("policy", json, parsed.refusal);
      }, actor),
    publishPolicy: (id, version, actor) =>
      policy((around, others) => publishPolicy(id, version, around, others), actor),
    retirePolicy: (id, reason, actor) => policy(() => retirePolicy(id, reason), actor),
    draftOffer: (json, actor) =>
      offer((around, others) => {
        const parsed = parseOffer(json, around);
        return parsed.ok ? draftOffer(parsed.value, others) : refusing("offer", json, parsed.refusal);
      }, actor),
    publishOffer: (id, version, actor) => offer((around, others) => publishOffer(id, version, around, others), actor),
    retireOffer: (id, reason, actor) => offer(() => retireOffer(id, reason), actor),
    catalogue,
  };
}

type Decide<Event> = (
  around: RuleSurroundings,
  others: Catalogues,
) => (
  catalogue: CampaignCatalogue,
) => Result<{ readonly id: string; readonly version: number; readonly event: Event | null }, CampaignRefusal>;

type Lasting = { readonly revision: number };
type Done<Word, Named> = Named & {
  readonly kind: Word | "unchanged";
  readonly version: number;
  readonly position: Position;
};

/** In what the streams of campaigns, policies and offers differ. */
type Kind<State extends Lasting, Event extends LifeEvent, Word, Named> = {
  readonly subject: Subject;
  readonly stream: (id: string) => string;
  readonly stateOf: (catalogue: CampaignCatalogue, id: string) => State | undefined;
  readonly named: (state: State) => Named;
  readonly words: Readonly<Record<Event["type"], Word>>;
};
const campaigns: Kind<CampaignState, CampaignEvent, Exclude<CampaignDone["kind"], "unchanged">, CampaignNamed> = {
  subject: "campaign",
  stream: id => campaignStream(id as CampaignId),
  stateOf: (catalogue, id) => catalogue.campaigns.get(id as CampaignId),
  named: campaign => ({ campaign }),
  words: {
    "campaign-drafted": "drafted",
    "campaign-approved": "approved",
    "campaign-started": "started",
    "campaign-paused": "paused",
    "campaign-resumed": "resumed",
    "campaign-finished": "finished",
    "campaign-kpi-added": "kpiAdded",
  },
};
const policies: Kind<PolicyState, PolicyEvent, VersionWord, { readonly policy: PolicyState }> = {
  subject: "policy",
  stream: id => policyStream(id as PolicyId),
  stateOf: (catalogue, id) => catalogue.policies.get(id as PolicyId),
  named: policy => ({ policy }),
  words: { "policy-drafted": "drafted", "policy-published": "published", "policy-retired": "retired" },
};
const offers: Kind<OfferState, OfferEvent, VersionWord, { readonly offer: OfferState }> = {
  subject: "offer",
  stream: id => offerStream(id as OfferId),
  stateOf: (catalogue, id) => catalogue.offers.get(id as OfferId),
  named: offer => ({ offer }),
  words: { "offer-drafted": "drafted", "offer-published": "published", "offer-retired": "retired" },
};
type CampaignNamed = { readonly campaign: CampaignState };
type VersionWord = "drafted" | "published" | "retired";

/** A definition that could not be read, whatever there is already. */
function refusing(subject: Subject, json: unknown, faults: readonly Fault[]): () => Result<never, CampaignRefusal> {
  const id = typeof json === "object" && json !== null ? (json as { readonly id?: unknown }).id : null;
  const shown = typeof id === "string" ? id.slice(0, 100) : null;
  return () => refuse(invalidDefinition(subject, shown, faults));
}
