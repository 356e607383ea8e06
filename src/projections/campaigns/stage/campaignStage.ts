import type { CampaignCatalogue, CampaignState } from "../../../domain/campaign/campaignCatalogue.ts";
import { foldCampaignEvent } from "../../../domain/campaign/foldCampaignEvent.ts";
import type { DecisionCause } from "../../../domain/decision/decision.ts";
import { parseLocalTime } from "../../../domain/decision/localTime.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { CustomerId, EventId } from "../../../domain/ids.ts";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import { createSegmentStage, type SegmentStage, type SegmentStageOptions } from "../../segments/stage/segmentStage.ts";
import { earlier } from "../../tags/evaluation/asking.ts";
import type { Moment } from "../../tags/evaluation/evaluateTag.ts";
import { EventFields } from "../../tags/stage/touchedTags.ts";
import type { CampaignTables } from "../campaignTables.ts";
import { createCampaignConditions } from "./campaignConditions.ts";
import { createCampaignEffects } from "./campaignEffects.ts";
import { createContactLedger } from "./contactLedger.ts";
import { wasInWave } from "./customerContacts.ts";
import { type Asked, createDecisionMaker } from "./decisionMaker.ts";
import { createPendingEvents } from "./pendingEvents.ts";
import { type ReadyCampaign, readyCampaign } from "./readyCampaigns.ts";
import { createRowBuffer } from "./rowBuffer.ts";
import { storeChanged, storedCatalogue } from "./storedCatalogue.ts";
import { createWaves } from "./waves.ts";
import { localTimeOf } from "./waveTimes.ts";

export type CampaignStageOptions = Omit<SegmentStageOptions, "follower"> & {
  readonly campaigns: CampaignTables;
  /** Nothing is decided about facts up to here: what was, is in the log. Infinity: nothing ever is, as in a rebuild. */
  readonly decideAfter: Position;
  /** Facts recorded before it come too late: their triggers are decided as stale. */
  readonly staleBefore?: Instant;
  readonly decideMs?: number;
};

/** So many decisions may be on their way into the log, and so many sends wait for their channels, before a wave waits too. */
const mostPending = 2_500;
const mostOutstanding = 50_000;
/** Held contacts looked at in one slice. */
const mostReleased = 1_000;

type Candidate = { readonly campaign: ReadyCampaign; readonly row: number; readonly event: RecordedEvent };

/**
 * Tags, segments, and the campaigns that stand on them, in one: what a fact triggers is decided at the end of the instant in which it
 * came, after every value and membership is that of the instant; waves and held contacts in slices between facts. All decisions
 * are made here, one after the other, so that each sees those before it.
 */
export function createCampaignStage({
  campaigns: tables,
  decideAfter,
  staleBefore = Number.NEGATIVE_INFINITY,
  decideMs = 20,
  ...options
}: CampaignStageOptions): SegmentStage {
  const { columns, now = () => performance.now() } = options;
  const rows = createRowBuffer(tables);
  let survivorOf = (id: CustomerId): CustomerId => id;
  let standsStill = (_id: CustomerId): boolean => false;
  let catalogue: CampaignCatalogue = storedCatalogue(rows);
  const conditions = createCampaignConditions(() => catalogue);
  const pending = createPendingEvents(rows, id => survivorOf(id));
  const ledger = createContactLedger(rows);
  const waves = createWaves(rows, pending);
  const effects = createCampaignEffects(rows, options.tables.slots().slots);
  let ready = new Map<string, ReadyCampaign>();
  let triggers = new Map<string, readonly ReadyCampaign[]>();
  let unsettled = true;
  let waiting = false;
  let candidates: Candidate[] = [];
  let caughtUpOnce = false;
  /** Held contacts that were decided anew, though the log does not tell of it yet. */
  const releasing = new Set<EventId>();

  const stage = createSegmentStage({
    ...options,
    follower: {
      conditions,
      filled: effects.filled,
      relaid: slots => {
        effects.relaid(slots);
        unsettled = true;
      },
      settled: (changes, moment) => {
        effects.apply(changes);
        if (candidates.length > 0) decideCandidates(moment);
      },
    },
  });
  const maker = createDecisionMaker({ stage, pending, ledger, standsStill: id => standsStill(id) });
  const deciding = decideAfter !== Number.POSITIVE_INFINITY;

  /** Which campaigns decide, by what is in force now. */
  const settleCampaigns = (): void => {
    if (!unsettled) return;
    unsettled = false;
    waiting = false;
    ready = new Map();
    const byType = new Map<string, ReadyCampaign[]>();
    for (const state of catalogue.campaigns.values()) {
      if (state.status === "finished") waves.drop(state.id);
      if (state.status !== "running" && state.status !== "paused") continue;
      const found = readyCampaign(state, catalogue, { columns, ...stage });
      if (found === null) {
        waiting = true;
        continue;
      }
      ready.set(state.id, found);
      if (state.status !== "running") continue;
      for (const type of found.trigger?.types ?? []) {
        const known = byType.get(type);
        if (known === undefined) byType.set(type, [found]);
        else known.push(found);
      }
    }
    triggers = byType;
  };

  const decide = (asked: Asked): boolean => {
    const decision = maker.decide(asked);
    if (decision === null) return false;
    pending.addDecision(decision);
    return true;
  };

  const decideCandidates = (moment: Moment): void => {
    const asked = candidates;
    candidates = [];
    for (const { campaign, row, event } of asked) {
      const cause: DecisionCause = { kind: "trigger", eventId: event.eventId, position: event.position };
      const inAudience = campaign.audience.of(row);
      if (inAudience === false) continue;
      // Where it cannot be told, the gates say so: a decision that nothing was sent, and why.
      const tooLate = lateness(event);
      decide({ campaign, row, cause, moment, localTime: null, tooLate, askAudience: inAudience === null });
    }
  };

  const lateness = ({ recordedAt }: RecordedEvent): Asked["tooLate"] =>
    recordedAt >= staleBefore
      ? null
      : { gate: "stale", detail: `the fact was recorded on ${formatInstant(recordedAt)} and not looked at in time` };

  const hearTrigger = (event: RecordedEvent, row: number): void => {
    const asked = triggers.get(event.type);
    if (asked === undefined || event.corrects !== null || event.position <= decideAfter) return;
    const age = event.recordedAt - event.occurredAt;
    let fields: EventFields | null = null;
    for (const campaign of asked) {
      const { match, maxAge } = campaign.trigger as NonNullable<ReadyCampaign["trigger"]>;
      if (age < 0 || age > maxAge) continue;
      fields ??= match === null ? null : new EventFields(event);
      if (match === null || match(fields as NonNullable<typeof fields>, 0)) candidates.push({ campaign, row, event });
    }
  };

  const isFull = (): boolean => pending.count() >= mostPending || ledger.outstanding() >= mostOutstanding;

  /** Held contacts whose time has come; true where there are more. Those of paused campaigns wait on. */
  const release = (moment: Moment, enough: () => boolean): boolean => {
    const due = ledger.due(moment.at, mostReleased, ({ decisionId, campaignId }) => {
      const status = catalogue.campaigns.get(campaignId)?.status;
      return !releasing.has(decisionId) && (status === "finished" || (status === "running" && ready.has(campaignId)));
    });
    for (const { decisionId, customerId, campaignId, until, localTime } of due) {
      if (enough()) return true;
      releasing.add(decisionId);
      const row = stage.rowOf(survivorOf(customerId));
      const state = catalogue.campaigns.get(campaignId) as CampaignState;
      const campaign = ready.get(campaignId) ?? endedCampaign(state);
      if (row === null || campaign === null) continue;
      const detail = `held until ${formatInstant(until)}, when the campaign had ended`;
      const tooLate = state.status === "finished" ? ({ gate: "ended", detail } as const) : null;
      decide({
        ...{ campaign, row, cause: { kind: "release", of: decisionId }, moment, tooLate, askAudience: true },
        localTime: localTime === undefined ? null : parseLocalTime(localTime),
      });
    }
    return due.length === mostReleased;
  };

  const endedCampaign = (state: CampaignState): ReadyCampaign | null => {
    const record = state.versions.findLast(({ approved }) => approved !== null);
    if (record === undefined) return null;
    const { definition, version } = record;
    const nobody = { of: () => false, members: () => "the campaign has ended" };
    return {
      ...{ state, version, definition, policy: null, trigger: null, audience: nobody, suppression: null, offers: [] },
      segmentsOf: () => [],
    };
  };

  /** A slice of waves and releases; true where there is more to do at once. */
  const workOff = (moment: Moment): boolean => {
    const started = now();
    let done = 0;
    const enough = (): boolean => {
      done += 1;
      return (done % 8 === 0 && now() - started >= decideMs) || isFull();
    };
    for (const campaign of ready.values()) waves.begin(campaign, moment);
    let more = release(moment, enough);
    for (const campaign of ready.values()) {
      if (!waves.underway(campaign.definition.id)) continue;
      more =
        waves.advance(
          campaign,
          moment,
          stage.bring,
          (row, at) => {
            const decided = maker.decidedOf(row, moment);
            if (decided === null || wasInWave(decided, campaign.definition.id, at)) return false;
            const localTime = localTimeOf(campaign.definition.start, at);
            const cause: DecisionCause = { kind: "wave", at };
            return decide({ campaign, row, cause, moment, localTime, tooLate: null, askAudience: false });
          },
          enough,
        ) || more;
    }
    return more && !isFull();
  };

  return {
    ...stage,
    attach: engine => {
      survivorOf = engine.survivorOf;
      standsStill = engine.standsStill;
      stage.attach?.(engine);
    },
    reach: event => {
      // Ends the instant before: what it decided was decided without this event.
      stage.reach(event);
      settleCampaigns();
      pending.arrived(event.eventId);
      ledger.hear(event);
      waves.hear(event);
      if (event.type === "campaign-decided") releasing.delete((event.causationId ?? "") as EventId);
    },
    take: (staged, customer) => {
      stage.take(staged, customer);
      if (customer !== null) return hearTrigger(staged.event, customer.row);
      const next = foldCampaignEvent(catalogue, staged.event);
      if (storeChanged(rows, catalogue, next)) unsettled = true;
      else if (staged.event.type.startsWith("segment-")) unsettled ||= waiting || ready.size > 0;
      catalogue = next;
    },
    regrouped: group => {
      stage.regrouped(group);
      pending.regrouped();
    },
    work: caughtUp => {
      const more = stage.work?.(caughtUp) ?? false;
      caughtUpOnce ||= caughtUp;
      // What a campaign waits for may have come by a back-fill, which no event tells of.
      unsettled ||= waiting;
      if (!deciding || !caughtUpOnce) return more;
      settleCampaigns();
      if (ready.size === 0 && !ledger.holds()) return more;
      const moment = stage.settleNow();
      return (moment !== null && workOff(moment)) || more;
    },
    changes: () => {
      // Settles the last instant, and decides what it triggered.
      const changes = stage.changes();
      pending.write();
      effects.write();
      const campaigns = rows.changes();
      return campaigns === null ? changes : { ...changes, campaigns };
    },
    committed: () => {
      stage.committed();
      rows.committed();
      effects.committed();
    },
    nextDue: () => {
      const due = stage.nextDue();
      if (!deciding) return due;
      // What is overdue waits for a resumption or for room, not for time: it must not hide what is due later.
      const reached = stage.logTime() ?? Number.NEGATIVE_INFINITY;
      return earlier(earlier(due, ledger.nextDeferral(reached)), waves.nextDue(ready.values(), reached));
    },
  };
}
