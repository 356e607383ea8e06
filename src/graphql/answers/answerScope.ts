import type { Instant } from "../../domain/instant.ts";
import type { MaybePromise, ReadSession } from "../../projections/readModels.ts";
import type { AnswerTrace, Observation } from "./answerTrace.ts";

/** What one answer is made from, gathered while it is made. */
export type AnswerScope = {
  /** Under `key` for the same thing, however often it is read. */
  readonly dependsOn: (key: string, observe: () => Observation | null) => void;
  /** The answer holds until before `next`; null: for good. One that comes only later is not waited for. */
  readonly validUntil: (next: MaybePromise<Instant | null>) => void;
  /** For whatever no observation tells of. There is no way back. */
  readonly notRememberable: () => void;
  /** Null where the answer is not one to remember: also when it read nothing, and when it depends on very many things. */
  readonly trace: (now: Instant, session: ReadSession) => AnswerTrace | null;
};

/** More would take longer to look at again than most answers take to be made. */
const mostObservations = 40;

export function answerScope(): AnswerScope {
  const observations = new Map<string, Observation>();
  let rememberable = true;
  let until = Number.POSITIVE_INFINITY;
  return {
    dependsOn: (key, observe) => {
      if (!rememberable || observations.has(key)) return;
      const observation = observe();
      if (observation === null || observations.size === mostObservations) rememberable = false;
      else observations.set(key, observation);
    },
    validUntil: next => {
      if (next instanceof Promise) rememberable = false;
      else if (next !== null && next < until) until = next;
    },
    notRememberable: () => {
      rememberable = false;
    },
    trace: (now, { generation, snapshot }) =>
      rememberable && observations.size > 0
        ? { generation, from: now, until, observations: [...observations.values()], seenIn: snapshot }
        : null,
  };
}

/** For answers that nobody will remember. */
export const nothingRecorded: AnswerScope = {
  dependsOn: () => {},
  validUntil: () => {},
  notRememberable: () => {},
  trace: () => null,
};
