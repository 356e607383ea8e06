import type { PolicyDefinition } from "../../campaign/policy.ts";
import type { Gate, GateVerdict } from "../decision.ts";
import type { ConsentStatement, OfferAnswer } from "../gateInputs.ts";
import { parseLocalTime } from "../localTime.ts";
import type { Schedule } from "../schedule.ts";
import type { Truth } from "../truth.ts";
import type { ReplayedDecision, ReplaySources } from "./replaySources.ts";

/** The questions of the gates, answered from what a decision records, and from history where it records nothing. */
export type RecordedAnswers = {
  /** The decision that the others answer about from now on. */
  readonly about: (decision: ReplayedDecision) => void;
  readonly suppression: () => Truth;
  /** When the wave came to the customer, and where: no matter of policies, and so as it was recorded. */
  readonly schedule: () => Schedule | null;
  readonly audience: () => Truth;
  readonly offer: () => OfferAnswer;
  readonly consent: (channel: string) => ConsentStatement | null;
  readonly customersZone: () => string | null;
  /** Whether a question about this decision had no answer in the record, and nobody else had one. */
  readonly missed: () => boolean;
};

const notRecorded = "not recorded with the decision";

export function recordedAnswers({ policy: tried, policyOf, asOf }: ReplaySources): RecordedAnswers {
  let decision: ReplayedDecision;
  let missed = false;
  const miss = <Answer>(answer: Answer): Answer => {
    missed = true;
    return answer;
  };
  const triedSuppression = JSON.stringify(tried.suppression);
  const sameRule = new Map<number, boolean>();
  const recordedPolicy = (): PolicyDefinition | null =>
    decision.policyId === null || decision.policyVersion === null
      ? null
      : policyOf(decision.policyId, decision.policyVersion);
  const asksTheSame = (version: number): boolean => {
    let same = sameRule.get(version);
    if (same === undefined) {
      same = JSON.stringify(recordedPolicy()?.suppression ?? null) === triedSuppression;
      sameRule.set(version, same);
    }
    return same;
  };
  return {
    about: next => {
      decision = next;
      missed = false;
    },
    suppression: () => {
      const { policyVersion } = decision;
      const verdict = policyVersion !== null && asksTheSame(policyVersion) ? verdictOf(decision, "suppression") : null;
      if (verdict !== null) return truthOf(verdict, "stop");
      return asOf.suppression === undefined ? miss({ unknown: notRecorded }) : asOf.suppression(decision);
    },
    schedule: () => {
      const { schedule } = decision;
      const localTime = schedule === undefined ? null : parseLocalTime(schedule.localTime);
      if (schedule === undefined || localTime === null) return null;
      return { localTime, zone: schedule.zone, made: () => verdictOf(decision, "schedule")?.verdict === "stop" };
    },
    audience: () => {
      const verdict = verdictOf(decision, "eligibility");
      if (verdict !== null) return truthOf(verdict, "pass");
      return asOf.audience === undefined ? miss({ unknown: notRecorded }) : asOf.audience(decision);
    },
    offer: () => {
      const verdict = verdictOf(decision, "offer");
      if (verdict === null) {
        return asOf.offer === undefined ? miss({ kind: "unknown", detail: notRecorded }) : asOf.offer(decision);
      }
      const { offerId, tier } = decision;
      if (offerId !== null) return { kind: "chosen", offerId, tier, detail: verdict.detail };
      return { kind: verdict.verdict === "stop" ? "none" : "unknown", detail: verdict.detail };
    },
    consent: channel => {
      if (channel === decision.channel) return decision.consent;
      const verdict = verdictOf(decision, "consent", channel);
      if (verdict === null) return asOf.consent === undefined ? miss(null) : asOf.consent(decision, channel);
      // Where the statement stands is recorded only for the channel taken, and no gate asks for it.
      return verdict.verdict === "unknown" ? null : { granted: verdict.verdict === "pass", position: 0 };
    },
    customersZone: () => {
      const attribute = tried.quietHours?.zoneAttribute ?? null;
      if (attribute === null) return null;
      const past = recordedPolicy();
      const hours = past === null || past.exempt.includes(decision.purpose) ? null : past.quietHours;
      if (hours?.zoneAttribute === attribute) {
        // One that is the past policy's own may be the customer's or stand in for a missing one: it matters where another stands in now.
        const own = decision.zone === null || decision.zone !== hours.zone || hours.zone === tried.quietHours?.zone;
        if (own) return decision.zone;
      }
      return asOf.customersZone === undefined ? miss(decision.zone) : asOf.customersZone(decision, attribute);
    },
    missed: () => missed,
  };
}

function verdictOf({ gates }: ReplayedDecision, gate: Gate, channel: string | null = null): GateVerdict | null {
  for (const verdict of typeof gates === "function" ? gates() : gates)
    if (verdict.gate === gate && verdict.channel === channel) return verdict;
  return null;
}

const truthOf = ({ verdict, detail }: GateVerdict, whenTrue: "pass" | "stop"): Truth =>
  verdict === "unknown" ? { unknown: detail } : verdict === whenTrue;
