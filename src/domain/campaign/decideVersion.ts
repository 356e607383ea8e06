import { firstNames } from "../definition/firstNames.ts";
import { reasonFaults } from "../definition/reasonFaults.ts";
import type { Fault } from "../fault.ts";
import { accept, type Result, refuse } from "../result.ts";
import type { RuleSurroundings } from "../segment/parse/ruleReading.ts";
import { sameDefinition } from "../tag/sameDefinition.ts";
import type { CampaignCatalogue, OfferState, PolicyState } from "./campaignCatalogue.ts";
import { campaignsOffering, campaignsUnder, standingVersion, type UnfinishedCampaign } from "./campaignGraph.ts";
import type { Catalogues } from "./check/checkCampaign.ts";
import { checkOffer, checkPolicy } from "./check/checkVersion.ts";
import { rereadOffer, rereadPolicy } from "./check/reread.ts";
import type { OfferEvent, PolicyEvent } from "./events.ts";
import { type OfferDefinition, OfferId } from "./offer.ts";
import { type PolicyDefinition, PolicyId } from "./policy.ts";
import type { CampaignRefusal } from "./refusal.ts";
import { invalidDefinition, tooMany, unknownId, unknownVersion, wrongStatus } from "./refused.ts";

/** Policies, and offers, that can be at all, drafts and retired ones included. */
export const mostPolicies = 1_000;
export const mostOffersAtAll = 10_000;

/** What is to be recorded on the stream of a policy or an offer; null when all is already as asked. */
export type VersionDecision<Id, Event> = Result<
  { readonly id: Id; readonly version: number; readonly event: Event | null },
  CampaignRefusal
>;
export type PolicyDecision = VersionDecision<PolicyId, PolicyEvent>;
export type OfferDecision = VersionDecision<OfferId, OfferEvent>;

export const draftPolicy =
  (definition: PolicyDefinition, others: Catalogues) =>
  (catalogue: CampaignCatalogue): PolicyDecision => {
    const draft = draftOf(catalogue, policies, definition, checkPolicy(definition, catalogue, others));
    if (!draft.ok) return draft;
    const { id, version, isNew } = draft.value;
    return accept({ id, version, event: isNew ? { type: "policy-drafted", data: { version, definition } } : null });
  };

export const draftOffer =
  (definition: OfferDefinition, others: Catalogues) =>
  (catalogue: CampaignCatalogue): OfferDecision => {
    const draft = draftOf(catalogue, offers, definition, checkOffer(definition, catalogue, others));
    if (!draft.ok) return draft;
    const { id, version, isNew } = draft.value;
    return accept({ id, version, event: isNew ? { type: "offer-drafted", data: { version, definition } } : null });
  };

/** Puts the newest version in force, in place of the one before; campaigns under the policy go on under this version. */
export const publishPolicy =
  (raw: string, version: number, surroundings: RuleSurroundings, others: Catalogues) =>
  (catalogue: CampaignCatalogue): PolicyDecision => {
    const check = (definition: PolicyDefinition) => [
      ...rereadPolicy(definition, surroundings),
      ...checkPolicy(definition, catalogue, others),
    ];
    const found = publishable(catalogue, policies, raw, version, check);
    if (!found.ok) return found;
    const { id, isNew } = found.value;
    return accept({ id, version, event: isNew ? { type: "policy-published", data: { version } } : null });
  };

export const publishOffer =
  (raw: string, version: number, surroundings: RuleSurroundings, others: Catalogues) =>
  (catalogue: CampaignCatalogue): OfferDecision => {
    const check = (definition: OfferDefinition) => [
      ...rereadOffer(definition, surroundings),
      ...checkOffer(definition, catalogue, others),
    ];
    const found = publishable(catalogue, offers, raw, version, check);
    if (!found.ok) return found;
    const { id, isNew } = found.value;
    return accept({ id, version, event: isNew ? { type: "offer-published", data: { version } } : null });
  };

/** Ends a policy for good, drafts too. Not while campaigns are under it. */
export const retirePolicy =
  (raw: string, reason: string) =>
  (catalogue: CampaignCatalogue): PolicyDecision => {
    const found = retirable(catalogue, policies, raw, reason);
    if (!found.ok) return found;
    const { id, version, isNew } = found.value;
    return accept({ id, version, event: isNew ? { type: "policy-retired", data: { version, reason } } : null });
  };

export const retireOffer =
  (raw: string, reason: string) =>
  (catalogue: CampaignCatalogue): OfferDecision => {
    const found = retirable(catalogue, offers, raw, reason);
    if (!found.ok) return found;
    const { id, version, isNew } = found.value;
    return accept({ id, version, event: isNew ? { type: "offer-retired", data: { version, reason } } : null });
  };

/** In what policies and offers differ. */
type Kind<Id extends string, State extends PolicyState | OfferState> = {
  readonly subject: "policy" | "offer";
  readonly limit: number;
  readonly parse: (raw: string) => Id | null;
  readonly states: (catalogue: CampaignCatalogue) => ReadonlyMap<Id, State>;
  readonly users: (catalogue: CampaignCatalogue, id: Id) => readonly UnfinishedCampaign[];
  /** What a campaign does with it. */
  readonly use: (id: Id) => string;
};
const policies: Kind<PolicyId, PolicyState> = {
  ...{ subject: "policy", limit: mostPolicies, parse: PolicyId.parse, users: campaignsUnder },
  states: catalogue => catalogue.policies,
  use: id => `is under policy ${id}`,
};
const offers: Kind<OfferId, OfferState> = {
  ...{ subject: "offer", limit: mostOffersAtAll, parse: OfferId.parse, users: campaignsOffering },
  states: catalogue => catalogue.offers,
  use: id => `chooses from offer ${id}`,
};
type Step<Id> = Result<{ readonly id: Id; readonly version: number; readonly isNew: boolean }, CampaignRefusal>;
type DefinitionOf<State extends PolicyState | OfferState> = State["versions"][number]["definition"];

function draftOf<Id extends string, State extends PolicyState | OfferState>(
  catalogue: CampaignCatalogue,
  { subject, limit, states }: Kind<Id, State>,
  definition: DefinitionOf<State> & { readonly id: Id },
  faults: readonly Fault[],
): Step<Id> {
  const { id } = definition;
  const all = states(catalogue);
  const state = all.get(id);
  if (state?.status === "retired") return refuse(retiredForGood(subject, id));
  const newest = state?.versions.at(-1);
  if (newest !== undefined && sameDefinition(newest.definition, definition))
    return accept({ id, version: newest.version, isNew: false });
  if (state === undefined && all.size >= limit)
    return refuse(tooMany(subject, limit, `there are`, "there is no room for another one"));
  if (faults.length > 0) return refuse(invalidDefinition(subject, id, faults));
  return accept({ id, version: (newest?.version ?? 0) + 1, isNew: true });
}

function publishable<Id extends string, State extends PolicyState | OfferState>(
  catalogue: CampaignCatalogue,
  kind: Kind<Id, State>,
  raw: string,
  version: number,
  check: (definition: DefinitionOf<State>) => readonly Fault[],
): Step<Id> {
  const { subject } = kind;
  const found = find(catalogue, kind, raw);
  if (!found.ok) return found;
  const { id, state } = found.value;
  const record = state.versions.find(candidate => candidate.version === version);
  if (record === undefined) return refuse(unknownVersion(subject, id, version, state.versions.length));
  if (standingVersion(state) === record) return accept({ id, version, isNew: false });
  if (state.status === "retired") return refuse(retiredForGood(subject, id));
  if (record.published !== null)
    return refuse(
      wrongStatus(subject, id, `version ${version} of ${id} was published before: draft it again to go back to it`),
    );
  const newest = state.versions.length;
  if (version !== newest)
    return refuse(wrongStatus(subject, id, `draft ${version} of ${id} was replaced by draft ${newest}`));
  const faults = check(record.definition);
  return faults.length > 0 ? refuse(invalidDefinition(subject, id, faults)) : accept({ id, version, isNew: true });
}

function retirable<Id extends string, State extends PolicyState | OfferState>(
  catalogue: CampaignCatalogue,
  kind: Kind<Id, State>,
  raw: string,
  reason: string,
): Step<Id> {
  const { subject, users, use } = kind;
  const found = find(catalogue, kind, raw);
  if (!found.ok) return found;
  const { id, state } = found.value;
  const version = (standingVersion(state) ?? state.versions.at(-1))?.version ?? 0;
  if (state.status === "retired") return accept({ id, version, isNew: false });
  const faults = reasonFaults(reason);
  if (faults.length > 0) return refuse(invalidDefinition(subject, id, faults));
  const dependents = users(catalogue, id).map(campaign => ({
    ...{ id: campaign.id, version: campaign.record.version, reason: use(id) },
  }));
  if (dependents.length === 0) return accept({ id, version, isNew: true });
  const one = dependents.length === 1;
  const names = firstNames(dependents.map(dependent => dependent.id));
  const message = `${one ? "campaign" : "campaigns"} ${names} ${one ? "names" : "name"} ${subject} ${id}: finish or change ${one ? "it" : "them"} first`;
  return refuse({ kind: "dependents", subject, id, dependents, message });
}

function find<Id extends string, State extends PolicyState | OfferState>(
  catalogue: CampaignCatalogue,
  { subject, parse, states }: Kind<Id, State>,
  raw: string,
): Result<{ readonly id: Id; readonly state: State }, CampaignRefusal> {
  const id = parse(raw);
  const state = id === null ? undefined : states(catalogue).get(id);
  return id !== null && state !== undefined ? accept({ id, state }) : refuse(unknownId(subject, raw));
}

const retiredForGood = (subject: "policy" | "offer", id: string): CampaignRefusal =>
  wrongStatus(subject, id, `${id} is retired for good: choose another id`);
