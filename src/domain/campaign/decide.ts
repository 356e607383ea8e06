import { reasonFaults } from "../definition/reasonFaults.ts";
import type { Actor } from "../event.ts";
import type { Fault } from "../fault.ts";
import { accept, type Result, refuse } from "../result.ts";
import type { RuleSurroundings } from "../segment/parse/ruleReading.ts";
import { sameDefinition } from "../tag/sameDefinition.ts";
import { type CampaignDefinition, CampaignId, type Kpi } from "./campaign.ts";
import type { CampaignCatalogue, CampaignState, CampaignVersionRecord } from "./campaignCatalogue.ts";
import { kpisOf, shownCampaignVersion, standingCampaignVersion, unfinishedCampaigns } from "./campaignGraph.ts";
import { type Catalogues, checkCampaign } from "./check/checkCampaign.ts";
import { rereadCampaign } from "./check/reread.ts";
import type { CampaignEvent } from "./events.ts";
import type { CampaignRefusal } from "./refusal.ts";
import { invalidDefinition, tooMany, unknownId, unknownVersion, wrongStatus } from "./refused.ts";
import { lockedFields } from "./startedFields.ts";

/** Campaigns that can be approved and not finished at a time; each is asked about whenever a fact comes. */
export const mostUnfinished = 1_000;
/** Campaigns that can be at all, drafts and finished ones included. */
export const mostCampaigns = 10_000;
/** KPIs that can be added to one campaign, beside those of its definition. */
export const mostAddedKpis = 50;

/** What is to be recorded on the campaign's stream; null when all is already as asked. */
export type CampaignDecision = Result<
  { readonly id: CampaignId; readonly version: number; readonly event: CampaignEvent | null },
  CampaignRefusal
>;
type Decide = (catalogue: CampaignCatalogue) => CampaignDecision;

/** A new draft; the segments, policy and offers that it names are published. The same definition as the newest version's changes nothing. */
export const draftCampaign =
  (definition: CampaignDefinition, others: Catalogues): Decide =>
  catalogue => {
    const { id } = definition;
    const state = catalogue.campaigns.get(id);
    if (state?.status === "finished") return refuse(finishedForGood(id));
    const newest = state?.versions.at(-1);
    if (newest !== undefined && sameDefinition(newest.definition, definition))
      return accept({ id, version: newest.version, event: null });
    if (state === undefined && catalogue.campaigns.size >= mostCampaigns)
      return refuse(tooMany("campaign", mostCampaigns, "campaigns there are", "there is no room for another one"));
    const faults = [...checkCampaign(definition, catalogue, others), ...addedAgain(definition, state)];
    if (faults.length > 0) return refuse(invalidDefinition("campaign", id, faults));
    const locked = whyLocked(state, definition);
    if (locked !== null) return refuse(locked);
    const version = (newest?.version ?? 0) + 1;
    return accept({ id, version, event: { type: "campaign-drafted", data: { version, definition } } });
  };

/**
 * Lets the newest version take the place of the one before, at once where the campaign runs. Whoever drafted it cannot; one id is one
 * actor, of whatever kind it says it is.
 */
export const approveCampaign =
  (raw: string, version: number, actor: Actor, surroundings: RuleSurroundings, others: Catalogues): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const record = state.versions.find(candidate => candidate.version === version);
    if (record === undefined) return refuse(unknownVersion("campaign", id, version, state.versions.length));
    const standing = standingCampaignVersion(state);
    if (standing === record) return accept({ id, version, event: null });
    const wrong = whyNotApprovable(state, record);
    if (wrong !== null) return refuse(wrong);
    if (record.drafted.actor.id === actor.id) return refuse(sameAuthor(id, record));
    if (standing === null && unfinishedCampaigns(catalogue).length >= mostUnfinished)
      return refuse(tooMany("campaign", mostUnfinished, "approved campaigns there are", "finish some that are over"));
    const { definition } = record;
    const faults = [...rereadCampaign(definition, surroundings), ...checkCampaign(definition, catalogue, others)];
    if (faults.length > 0) return refuse(invalidDefinition("campaign", id, faults));
    // It may have been drafted before the campaign was started.
    const locked = whyLocked(state, definition);
    if (locked !== null) return refuse(locked);
    return accept({ id, version, event: { type: "campaign-approved", data: { version } } });
  };

/** Begins with the version that was approved. */
export const startCampaign =
  (raw: string, surroundings: RuleSurroundings, others: Catalogues): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const newest = state.versions.at(-1)!;
    const standing = standingCampaignVersion(state);
    if (state.status === "finished") return refuse(finishedForGood(id));
    if (standing === null) return refuse(notApproved(id, newest));
    const { version, definition } = standing;
    if (state.status === "running") return accept({ id, version, event: null });
    if (state.status === "paused") return refuse(wrongStatus("campaign", id, `${id} is paused: resume it`));
    const faults = [...rereadCampaign(definition, surroundings), ...checkCampaign(definition, catalogue, others)];
    if (faults.length > 0) return refuse(invalidDefinition("campaign", id, faults));
    return accept({ id, version, event: { type: "campaign-started", data: { version } } });
  };

/** Nothing is decided until it is resumed. */
export const pauseCampaign =
  (raw: string, reason: string): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const version = shownVersionOf(state);
    if (state.status === "paused") return accept({ id, version, event: null });
    if (state.status === "finished") return refuse(finishedForGood(id));
    if (state.status !== "running") return refuse(wrongStatus("campaign", id, `${id} is not running: start it first`));
    const faults = reasonFaults(reason);
    if (faults.length > 0) return refuse(invalidDefinition("campaign", id, faults));
    return accept({ id, version, event: { type: "campaign-paused", data: { reason } } });
  };

export const resumeCampaign =
  (raw: string): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const version = shownVersionOf(state);
    if (state.status === "running") return accept({ id, version, event: null });
    if (state.status === "finished") return refuse(finishedForGood(id));
    if (state.status !== "paused") return refuse(wrongStatus("campaign", id, `${id} was not started yet: start it`));
    return accept({ id, version, event: { type: "campaign-resumed", data: {} } });
  };

/** Ends a campaign for good, whatever its status; drafts too. */
export const finishCampaign =
  (raw: string, reason: string): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const version = shownVersionOf(state);
    if (state.status === "finished") return accept({ id, version, event: null });
    const faults = reasonFaults(reason);
    if (faults.length > 0) return refuse(invalidDefinition("campaign", id, faults));
    return accept({ id, version, event: { type: "campaign-finished", data: { reason } } });
  };

/** A further KPI over a campaign that was approved once, also after its end. The same again changes nothing. */
export const addKpi =
  (raw: string, kpi: Kpi): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const version = shownVersionOf(state);
    if (kpisOf(state).some(known => sameDefinition(known, kpi))) return accept({ id, version, event: null });
    if (state.versions.every(({ approved }) => approved === null)) {
      const message = `${id} is a draft: draft it anew with the KPI`;
      return refuse(wrongStatus("campaign", id, message));
    }
    // Of a draft of a next version, too: else it could not be approved.
    const newest = state.versions.at(-1)?.definition.kpis ?? [];
    if ([...kpisOf(state), ...newest].some(({ code }) => code === kpi.code)) {
      const message = `${id} has another KPI ${kpi.code} already: choose another code`;
      return refuse(invalidDefinition("campaign", id, [{ field: "kpi.code", code: "repeated", message }]));
    }
    if (state.addedKpis.length >= mostAddedKpis)
      return refuse(tooMany("campaign", mostAddedKpis, `KPIs added to ${id} are`, "that is enough to judge it by"));
    return accept({ id, version, event: { type: "campaign-kpi-added", data: { kpi } } });
  };

function find(
  { campaigns }: CampaignCatalogue,
  raw: string,
): Result<{ readonly id: CampaignId; readonly state: CampaignState }, CampaignRefusal> {
  const id = CampaignId.parse(raw);
  const state = id === null ? undefined : campaigns.get(id);
  return id !== null && state !== undefined ? accept({ id, state }) : refuse(unknownId("campaign", raw));
}

const shownVersionOf = (state: CampaignState): number => shownCampaignVersion(state)?.version ?? 0;

const finishedForGood = (id: CampaignId): CampaignRefusal =>
  wrongStatus("campaign", id, `${id} is finished for good: choose another id`);

function whyNotApprovable(
  { id, status, versions }: CampaignState,
  { version, approved }: CampaignVersionRecord,
): CampaignRefusal | null {
  if (status === "finished") return finishedForGood(id);
  const newest = versions.at(-1)?.version ?? version;
  if (approved !== null)
    return wrongStatus(
      "campaign",
      id,
      `version ${version} of ${id} was in force before: draft it again to go back to it`,
    );
  if (version === newest) return null;
  return wrongStatus("campaign", id, `draft ${version} of ${id} was replaced by draft ${newest}`);
}

function sameAuthor(id: CampaignId, { version, drafted }: CampaignVersionRecord): CampaignRefusal {
  const author = drafted.actor.id;
  const message = `${author} drafted version ${version} of ${id}: somebody else has to approve it`;
  return { kind: "sameAuthor", id, version, author, message };
}

function notApproved(id: CampaignId, { version, drafted }: CampaignVersionRecord): CampaignRefusal {
  const message = `version ${version} of ${id} is a draft: somebody other than ${drafted.actor.id} has to approve it first`;
  return { kind: "notApproved", id, version, message };
}

function whyLocked(state: CampaignState | undefined, definition: CampaignDefinition): CampaignRefusal | null {
  const standing = state === undefined || state.started === null ? null : standingCampaignVersion(state);
  const fields = standing === null ? [] : lockedFields(standing.definition, definition);
  if (standing === null || fields.length === 0) return null;
  const { version } = standing.definition.assignment;
  const isNewer = definition.assignment.version > version;
  const todo =
    fields.some(field => !field.startsWith("start")) && !isNewer
      ? `: give the assignment a version above ${version} to assign everybody anew`
      : "";
  const message = `${definition.id} has started, so ${fields.join(", ")} cannot change${todo}`;
  return { kind: "locked", id: definition.id, fields, message };
}

/** KPIs that were added already. */
function addedAgain({ kpis }: CampaignDefinition, state: CampaignState | undefined): readonly Fault[] {
  const added = new Set(state?.addedKpis.map(({ code }) => code));
  return kpis.flatMap(({ code }, index) =>
    added.has(code)
      ? [{ field: `kpis[${index}].code`, code: "repeated", message: `${code} was added to the campaign already` }]
      : [],
  );
}
