import { ownZoneOf } from "../../../domain/campaign/campaign.ts";
import { decide } from "../../../domain/decision/decide.ts";
import type { Decision, DecisionCause } from "../../../domain/decision/decision.ts";
import type { ConsentStatement, TooLate } from "../../../domain/decision/gateInputs.ts";
import { formatLocalTime, type LocalTime } from "../../../domain/decision/localTime.ts";
import { thompson } from "../../../domain/decision/offers/thompson.ts";
import { zoneTaken } from "../../../domain/decision/quietHours.ts";
import type { Truth } from "../../../domain/decision/truth.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { SegmentStage } from "../../segments/stage/segmentStage.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import { attributeEvaluator } from "../../tags/evaluation/attributeValue.ts";
import { consentEvaluator } from "../../tags/evaluation/consentTag.ts";
import type { Moment, TagSubject } from "../../tags/evaluation/evaluateTag.ts";
import { decisionIdOf } from "../decisionIdOf.ts";
import { zoneOffsets } from "../zoneOffsets.ts";
import type { ContactLedger } from "./contactLedger.ts";
import { contactsSince, type Decided, earlierAssignment, wasSentAt } from "./customerContacts.ts";
import type { PendingEvents } from "./pendingEvents.ts";
import type { ReadyCampaign } from "./readyCampaigns.ts";
import type { RowTruth } from "./rowTruth.ts";

/** Who and what a decision is about. */
export type Asked = {
  readonly campaign: ReadyCampaign;
  readonly row: number;
  readonly cause: DecisionCause;
  readonly moment: Moment;
  /** When the wave comes by the customer's own clock; null where it does not go by that. */
  readonly localTime: LocalTime | null;
  /** Why nothing is sent any more, where that is so. */
  readonly tooLate: { readonly gate: TooLate; readonly detail: string } | null;
  /** Whether the audience is to be asked (again). */
  readonly askAudience: boolean;
};

export type DecisionMaker = {
  /** Null where the decision was made before, or the customer counts in another's stead. It takes effect only as `pending`. */
  readonly decide: (asked: Asked) => Decision | null;
  readonly decidedOf: (row: number, moment: Moment) => (Decided & { readonly id: CustomerId }) | null;
};

type Parts = {
  readonly stage: Pick<SegmentStage, "customerAt">;
  readonly pending: PendingEvents;
  readonly ledger: ContactLedger;
  /** Whether a fact of the customer could not be folded. */
  readonly standsStill: (id: CustomerId) => boolean;
};

const degraded = "a fact of the customer could not be folded, and nothing since is known";
const booleanType = { kind: "boolean" } as const;
const textForm = { kind: "text" } as const;

export function createDecisionMaker({ stage, pending, ledger, standsStill }: Parts): DecisionMaker {
  const consents = new Map<string, ReturnType<typeof consentEvaluator>>();
  const zones = new Map<string, ReturnType<typeof attributeEvaluator>>();

  const consentOf = (subject: TagSubject, channel: string, purpose: string, { at, known }: Moment) => {
    const key = JSON.stringify([channel, purpose]);
    let evaluator = consents.get(key);
    if (evaluator === undefined) {
      evaluator = consentEvaluator(channel, purpose, booleanType);
      consents.set(key, evaluator);
    }
    const collector: Collector = { positions: [], inputs: [], related: [], arithmetic: [], details: {} };
    const { value } = evaluator({ subject, at, known, collector });
    if (value === null) return null;
    return { granted: value === true, position: collector.positions[0] as number } satisfies ConsentStatement;
  };
  const zoneOf = (subject: TagSubject, attribute: string, { at, known }: Moment): string | null => {
    let evaluator = zones.get(attribute);
    if (evaluator === undefined) {
      evaluator = attributeEvaluator(attribute, textForm, textForm);
      zones.set(attribute, evaluator);
    }
    return evaluator({ subject, at, known, collector: null }).value as string | null;
  };

  const decidedOf: DecisionMaker["decidedOf"] = (row, { known }) => {
    const customer = stage.customerAt(row);
    if (customer === null) return null;
    return { id: customer.id, history: customer.history, known, pending: pending.decisionsOf(customer.id) };
  };

  return {
    decidedOf,
    decide: ({ campaign, row, cause, moment, localTime, tooLate: late, askAudience }) => {
      const { definition, version, policy } = campaign;
      const decided = decidedOf(row, moment);
      if (decided === null) return null;
      const { id: customerId, history } = decided;
      const assignmentVersion = definition.assignment.version;
      const decisionId = decisionIdOf({ campaignId: definition.id, assignmentVersion, customerId, cause });
      if (pending.underway(decisionId)) return null;
      const tooLate = standsStill(customerId) ? ({ gate: "degraded", detail: degraded } as const) : late;
      const subject: TagSubject = { customerId, history, related: () => null };
      const ownZone = ownZoneOf(definition.start);
      const longest = Math.max(0, ...(policy?.definition.caps ?? []).map(({ within }) => within));
      const underway = pending.spent(definition.id);
      const spent = ledger.spent(definition.id);
      const stated = new Map<string, ConsentStatement | null>();
      let contacts: ReturnType<typeof contactsSince> | null = null;
      return decide({
        definition,
        decisionId,
        campaignVersion: version,
        policy,
        customerId,
        cause,
        tooLate,
        at: moment.at,
        known: moment.known,
        suppression: () => truthOf(campaign.suppression, row),
        earlier: earlierAssignment(decided, definition.id, assignmentVersion),
        schedule:
          localTime === null
            ? null
            : {
                localTime,
                zone:
                  ownZone === null
                    ? null
                    : zoneTaken(ownZone, zoneOf(subject, ownZone.zoneAttribute, moment), moment.at, zoneOffsets),
                made: () => wasSentAt(decided, definition.id, formatLocalTime(localTime)),
              },
        audience: askAudience ? () => truthOf(campaign.audience, row) : null,
        contacts: () => (contacts ??= contactsSince(decided, moment.at - longest)),
        customersZone: () => {
          const attribute = policy?.definition.quietHours?.zoneAttribute ?? null;
          return attribute === null ? null : zoneOf(subject, attribute, moment);
        },
        offsets: zoneOffsets,
        consent: channel => {
          let known = stated.get(channel);
          if (known === undefined) {
            known = consentOf(subject, channel, definition.purpose, moment);
            stated.set(channel, known);
          }
          return known;
        },
        spent: {
          contacts: underway.contacts + spent.contacts,
          money: underway.minorUnits + spent.minorUnits,
        },
        segments: campaign.segmentsOf(row),
        offers: () =>
          campaign.offers.map(({ definition: offer, eligible, tierOf }) => {
            const tier = tierOf(row);
            return {
              ...{ definition: offer, eligible: truthOf(eligible, row), tier },
              ...ledger.offerCounts(offer.id, tier),
            };
          }),
        scorer: thompson,
      });
    },
  };
}

const truthOf = (truth: RowTruth | null, row: number): Truth =>
  truth === null ? false : (truth.of(row) ?? { unknown: "a value that it asks for could not be evaluated" });
