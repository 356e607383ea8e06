import type { RecordedEvent } from "../event.ts";
import { CampaignId } from "./campaign.ts";
import type {
  CampaignCatalogue,
  CampaignState,
  CampaignStatus,
  OfferState,
  PolicyState,
  Said,
} from "./campaignCatalogue.ts";
import { isStanding } from "./campaignGraph.ts";
import type { CampaignEvent, OfferEvent, PolicyEvent } from "./events.ts";
import { OfferId } from "./offer.ts";
import { PolicyId } from "./policy.ts";

export const emptyCampaignCatalogue: CampaignCatalogue = {
  ...{ position: 0, campaigns: new Map(), policies: new Map(), offers: new Map() },
};

/** Types of the events that the streams of campaigns, policies and offers hold: all that the catalogue is folded from. */
export const campaignEventTypes: readonly (CampaignEvent | PolicyEvent | OfferEvent)["type"][] = [
  ...(["campaign-drafted", "campaign-approved", "campaign-started", "campaign-paused", "campaign-resumed"] as const),
  ...(["campaign-finished", "campaign-kpi-added", "policy-drafted", "policy-published", "policy-retired"] as const),
  ...(["offer-drafted", "offer-published", "offer-retired"] as const),
];
const known: ReadonlySet<string> = new Set(campaignEventTypes);

/** Takes one event of the log, in order. */
export const foldCampaignEvent = (catalogue: CampaignCatalogue, event: RecordedEvent): CampaignCatalogue =>
  foldCampaignEvents(catalogue, [event]);

/**
 * Takes events of the log, in order; those that are about none of these only move the position. Earlier catalogues stay as they are, and
 * keep the maps that did not change.
 */
export function foldCampaignEvents(catalogue: CampaignCatalogue, events: readonly RecordedEvent[]): CampaignCatalogue {
  let { position } = catalogue;
  const campaigns = changing(catalogue.campaigns, "campaign-", CampaignId.parse, evolveCampaign);
  const policies = changing(catalogue.policies, "policy-", PolicyId.parse, evolvePolicy);
  const offers = changing(catalogue.offers, "offer-", OfferId.parse, evolveOffer);
  for (const event of events) {
    if (event.position <= position) continue;
    position = event.position;
    if (!known.has(event.type)) continue;
    for (const kind of [campaigns, policies, offers]) kind.take(event);
  }
  if (position === catalogue.position) return catalogue;
  return { position, campaigns: campaigns.map(), policies: policies.map(), offers: offers.map() };
}

/** States by id, copied at the first change. Takes only events whose type and stream both begin with `prefix`. */
function changing<Id extends string, State>(
  before: ReadonlyMap<Id, State>,
  prefix: string,
  parse: (raw: string) => Id | null,
  evolve: (state: State | null, id: Id, event: RecordedEvent) => State | null,
) {
  let copy: Map<Id, State> | null = null;
  return {
    map: (): ReadonlyMap<Id, State> => copy ?? before,
    take: (event: RecordedEvent): void => {
      const isOurs = event.type.startsWith(prefix) && event.stream.startsWith(prefix);
      const id = isOurs ? parse(event.stream.slice(prefix.length)) : null;
      if (id === null) return;
      const state = evolve((copy ?? before).get(id) ?? null, id, event);
      if (state === null) return;
      copy ??= new Map(before);
      copy.set(id, state);
    },
  };
}

const saidIn = ({ position, recordedAt: at, actor }: RecordedEvent): Said => ({ position, at, actor });

function evolveCampaign(state: CampaignState | null, id: CampaignId, event: RecordedEvent): CampaignState | null {
  const { type, data } = event as unknown as CampaignEvent;
  const { revision } = event;
  const said = saidIn(event);
  if (type === "campaign-drafted") {
    const versions = [...(state?.versions ?? []), { ...data, drafted: said, approved: null, ended: null }];
    if (state !== null) return { ...state, versions, revision };
    const nothingYet = { started: null, finished: null, addedKpis: [], course: [] };
    return { id, status: "draft", versions, ...nothingYet, revision };
  }
  if (state === null) return null;
  const step = (what: CampaignState["course"][number]["what"], status: CampaignStatus, reason = ""): CampaignState => ({
    ...state,
    ...{ status, course: [...state.course, { ...said, what, reason }], revision },
  });
  switch (type) {
    case "campaign-approved": {
      const versions = state.versions.map(version => {
        if (version.version === data.version) return { ...version, approved: said };
        return version.approved !== null && version.ended === null ? { ...version, ended: said } : version;
      });
      return { ...state, status: state.status === "draft" ? "approved" : state.status, versions, revision };
    }
    case "campaign-started":
      return { ...step("started", "running"), started: said };
    case "campaign-paused":
      return step("paused", "paused", data.reason);
    case "campaign-resumed":
      return step("resumed", "running");
    case "campaign-finished":
      return { ...step("finished", "finished", data.reason), versions: ended(state.versions, said), finished: said };
    case "campaign-kpi-added":
      return { ...state, addedKpis: [...state.addedKpis, data.kpi], revision };
  }
}

function evolvePolicy(state: PolicyState | null, id: PolicyId, event: RecordedEvent): PolicyState | null {
  const { type, data } = event as unknown as PolicyEvent;
  if (type === "policy-drafted") return draftAdded(state, id, data, event);
  if (state === null) return null;
  return type === "policy-published" ? published(state, data.version, event) : retired(state, event);
}

function evolveOffer(state: OfferState | null, id: OfferId, event: RecordedEvent): OfferState | null {
  const { type, data } = event as unknown as OfferEvent;
  if (type === "offer-drafted") return draftAdded(state, id, data, event);
  if (state === null) return null;
  return type === "offer-published" ? published(state, data.version, event) : retired(state, event);
}

/** What policies and offers have in common. */
type Versioned<Id, Definition> = {
  readonly id: Id;
  readonly status: PolicyState["status"];
  readonly versions: readonly {
    readonly version: number;
    readonly definition: Definition;
    readonly drafted: Said;
    readonly published: Said | null;
    readonly ended: Said | null;
  }[];
  readonly revision: number;
};

function draftAdded<Id, Definition>(
  state: Versioned<Id, Definition> | null,
  id: Id,
  { version, definition }: { readonly version: number; readonly definition: Definition },
  event: RecordedEvent,
): Versioned<Id, Definition> {
  const draft = { version, definition, drafted: saidIn(event), published: null, ended: null };
  const versions = [...(state?.versions ?? []), draft];
  return { id, status: state?.status ?? "draft", versions, revision: event.revision };
}

function published<State extends PolicyState | OfferState>(state: State, version: number, event: RecordedEvent): State {
  const said = saidIn(event);
  const versions = state.versions.map(one => {
    if (one.version === version) return { ...one, published: said };
    return isStanding(one) ? { ...one, ended: said } : one;
  });
  return { ...state, status: "published", versions, revision: event.revision };
}

const retired = <State extends PolicyState | OfferState>(state: State, event: RecordedEvent): State => ({
  ...state,
  ...{ status: "retired", versions: ended<State["versions"][number]>(state.versions, saidIn(event)) },
  revision: event.revision,
});

const ended = <Version extends { readonly ended: Said | null }>(versions: readonly Version[], said: Said): Version[] =>
  versions.map(version => (version.ended === null ? { ...version, ended: said } : version));
