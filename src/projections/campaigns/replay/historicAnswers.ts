import { LRUCache } from "lru-cache";
import type { CampaignCatalogue } from "../../../domain/campaign/campaignCatalogue.ts";
import { identityTypes } from "../../../domain/customer/identityEffect.ts";
import type { ConsentStatement } from "../../../domain/decision/gateInputs.ts";
import type { ReplayedDecision, ReplaySources } from "../../../domain/decision/replay/replaySources.ts";
import type { Truth } from "../../../domain/decision/truth.ts";
import type { RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import { CustomerId, customerOfStream } from "../../../domain/ids.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { standingVersion } from "../../../domain/segment/segmentGraph.ts";
import { historyAsOf } from "../../asOf/historyAsOf.ts";
import type { ReadModels, ReadSession } from "../../readModels.ts";
import { compileRule } from "../../segments/rowwise/ruleTruth.ts";
import { type Populations, surroundingsOf } from "../../segments/rowwise/surroundings.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import { attributeEvaluator } from "../../tags/evaluation/attributeValue.ts";
import { consentEvaluator } from "../../tags/evaluation/consentTag.ts";
import type { TagProgram, TagSubject } from "../../tags/evaluation/evaluateTag.ts";
import type { History } from "../../tags/history/history.ts";
import type { HistoricAnswers } from "./replayPolicy.ts";

type Parts = {
  readonly models: Pick<ReadModels, "open">;
  readonly log: Pick<LogReader, "read" | "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  readonly catalogue: CampaignCatalogue;
  /** The suppression of the policy that is tried. */
  readonly suppression: Rule | null;
  /** Of the tags in force now: what they mean today is asked of the facts as they were known then. */
  readonly program: TagProgram;
};

const historiesKept = 2_000;
const identitiesAtOnce = 500;
const booleanType = { kind: "boolean" } as const;
const textForm = { kind: "text" } as const;

/**
 * Asks customers' histories, each up to the position that the decision knew and at its instant. Tags and segments are asked by their
 * definitions in force now. What no history tells is unknown, and so nothing is sent: who was among the best by a tag, and which offer
 * would have been chosen, for which `asOf` has no answer at all.
 */
export async function createHistoricAnswers(parts: Parts): Promise<HistoricAnswers & { readonly close: () => void }> {
  const { models, log, upcast, catalogue, program } = parts;
  const regrouped = await everRegrouped(log);
  let session: ReadSession | null = null;
  const open = (): ReadSession => {
    session ??= models.open();
    return session;
  };
  const histories = new LRUCache<CustomerId, { readonly history: History | null }>({ max: historiesKept });
  /** Of the decision at hand, where its customer was another group of people than today. */
  let prepared: { readonly decision: ReplayedDecision; readonly history: History } | null = null;

  const historyOf = (id: CustomerId): History | null => {
    let known = histories.get(id);
    if (known === undefined) {
      const history = open().historyOf(id);
      if (history instanceof Promise) throw new Error("the read models cannot be asked at once");
      known = { history };
      histories.set(id, known);
    }
    return known.history;
  };
  const subjectWith = (customerId: CustomerId, history: History): TagSubject => ({
    ...{ customerId, history },
    related: id => {
      const own = historyOf(id);
      return own === null ? null : subjectWith(id, own);
    },
  });
  const subjectOf = (decision: ReplayedDecision): TagSubject | null => {
    const history = prepared?.decision === decision ? prepared.history : historyOf(decision.customerId);
    return history === null ? null : subjectWith(decision.customerId, history);
  };

  const rowOf = (id: CustomerId): number => {
    const views = open().customers([id]);
    return views instanceof Promise ? -1 : (views[0]?.row ?? -1);
  };
  const populations: Populations = {
    segment: id => {
      const state = open().segmentState(id);
      const version = state === null ? null : standingVersion(state);
      return version === null ? null : { kind: "rule", rule: version.definition.rule };
    },
    isInSnapshot: (segment, at, customer) => {
      const sequence = open().segmentSequenceAt(segment, { at });
      if (sequence === null) throw new Error(`segment ${segment} had no members yet at the snapshot's instant`);
      const row = rowOf(customer);
      return row >= 0 && open().segmentMemberAt(segment, sequence, row);
    },
    isAmongTop: () => {
      throw new Error("nobody can say who was among the best by a tag then");
    },
  };
  const asked = new Map<Rule, (decision: ReplayedDecision) => Truth>();
  const askerOf = (rule: Rule): ((decision: ReplayedDecision) => Truth) => {
    let ask = asked.get(rule);
    if (ask === undefined) {
      ask = askerFor(rule);
      asked.set(rule, ask);
    }
    return ask;
  };
  const askerFor = (rule: Rule): ((decision: ReplayedDecision) => Truth) => {
    let compiled: ReturnType<typeof compileRule>;
    try {
      compiled = compileRule(rule, surroundingsOf(program, populations));
    } catch (error) {
      const unknown = (error as Error).message;
      return () => ({ unknown });
    }
    return decision => {
      try {
        const subject = subjectOf(decision);
        if (subject === null) return { unknown: "nothing is known of the customer" };
        return compiled(subject, { at: decision.at, known: decision.known }).truth;
      } catch (error) {
        return { unknown: (error as Error).message };
      }
    };
  };

  const consents = new Map<string, ReturnType<typeof consentEvaluator>>();
  const zones = new Map<string, ReturnType<typeof attributeEvaluator>>();
  const asOf: ReplaySources["asOf"] = {
    suppression: decision => (parts.suppression === null ? false : askerOf(parts.suppression)(decision)),
    audience: decision => {
      const definition = catalogue.campaigns.get(decision.campaignId)?.versions[decision.campaignVersion - 1]
        ?.definition;
      return definition === undefined ? { unknown: "no such campaign" } : askerOf(definition.audience)(decision);
    },
    consent: (decision, channel): ConsentStatement | null => {
      const subject = subjectOf(decision);
      if (subject === null) return null;
      const key = JSON.stringify([channel, decision.purpose]);
      const evaluator = consents.get(key) ?? consentEvaluator(channel, decision.purpose, booleanType);
      consents.set(key, evaluator);
      const collector: Collector = { positions: [], inputs: [], related: [], arithmetic: [], details: {} };
      const { value } = evaluator({ subject, at: decision.at, known: decision.known, collector });
      return value === null ? null : { granted: value === true, position: collector.positions[0] ?? 0 };
    },
    customersZone: (decision, attribute) => {
      const subject = subjectOf(decision);
      if (subject === null) return null;
      const evaluator = zones.get(attribute) ?? attributeEvaluator(attribute, textForm, textForm);
      zones.set(attribute, evaluator);
      return evaluator({ subject, at: decision.at, known: decision.known, collector: null }).value as string | null;
    },
  };

  /** Null where the stored history will do. */
  const historyThen = async (decision: ReplayedDecision): Promise<History | null> => {
    const { customerId, known } = decision;
    const reads = open();
    const group = await reads.groupOf(customerId, known);
    const [view] = await reads.customers([customerId]);
    if (view == null || view.customer.regroupedAt <= known) return null;
    const stored = new Map<CustomerId, History>();
    for (const member of group.members) {
      const own = await reads.historyOf(member);
      if (own !== null) stored.set(member, own);
    }
    return historyAsOf({ log, upcast, stored }, group, known);
  };
  const letGo = (): void => {
    session?.release();
    session = null;
  };

  return {
    asOf,
    turnPage: letGo,
    prepare: decision => {
      if (!regrouped.has(decision.customerId)) return null;
      return historyThen(decision).then(history => {
        prepared = history === null ? null : { decision, history };
      });
    },
    close: letGo,
  };
}

/** Everybody who was ever merged or split: of them alone a stored history may be another than it was. */
async function everRegrouped(log: Pick<LogReader, "read">): Promise<ReadonlySet<CustomerId>> {
  const found = new Set<CustomerId>();
  for (let after = 0; ; ) {
    const events = await log.read({ types: identityTypes, after, limit: identitiesAtOnce });
    for (const { stream, data } of events)
      for (const id of [customerOfStream(stream), CustomerId.parse(String(data.customer))])
        if (id !== null) found.add(id);
    after = events.at(-1)?.position ?? after;
    if (events.length < identitiesAtOnce) return found;
  }
}
