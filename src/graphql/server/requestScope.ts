import type { AnswerTrace } from "../answers/answerTrace.ts";

/**
 * What the server must know of a request's context: the log position its answer reflects (null while nothing was read),
 * and how to give back what it holds, such as a read transaction. `release` is called exactly once, whatever happens.
 */
export type RequestScope = {
  readonly reflectedPosition: () => string | null;
  /** What the answer depends on, for one that may be remembered; null for any other. */
  readonly trace: () => AnswerTrace | null;
  /** Whether an answer with that trace is what this request would be given; if so `reflectedPosition` is its position. */
  readonly holds: (trace: AnswerTrace) => boolean;
  readonly release: () => void;
};
