import type { Instant } from "../../domain/instant.ts";
import type { MaybePromise, ReadSession } from "../../projections/readModels.ts";
import type { AnswerTrace } from "./answerTrace.ts";

/** What one answer is made from, gathered while it is made. */
export type AnswerScope = {
  /** A key as commits touch it: see touchedKeys. */
  readonly dependsOn: (key: string) => void;
  /** The answer holds until before `next`; null: for good. One that comes only later is not waited for. */
  readonly validUntil: (next: MaybePromise<Instant | null>) => void;
  /** For whatever no key stands for. There is no way back. */
  readonly notRememberable: () => void;
  /** Null where the answer is not one to remember: also when it read nothing, and when it depends on very many things. */
  readonly trace: (now: Instant, session: ReadSession) => AnswerTrace | null;
};

/** Answers about more than this are mostly lists, and seldom true for long. */
const mostKeys = 100;

export function answerScope(): AnswerScope {
  const keys = new Set<string>();
  let rememberable = true;
  let until = Number.POSITIVE_INFINITY;
  return {
    dependsOn: key => {
      keys.add(key);
    },
    validUntil: next => {
      if (next instanceof Promise) rememberable = false;
      else if (next !== null && next < until) until = next;
    },
    notRememberable: () => {
      rememberable = false;
    },
    trace: (now, { generation, snapshot }) =>
      rememberable && keys.size > 0 && keys.size <= mostKeys
        ? { generation, from: now, until, keys: [...keys], seenIn: snapshot }
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
