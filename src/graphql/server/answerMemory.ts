import { LRUCache } from "lru-cache";
import type { AnswerTrace } from "../answers/answerTrace.ts";
import type { CompiledOperation, Variables } from "./compiledOperations.ts";
import type { RequestScope } from "./requestScope.ts";

type Remembered = { readonly data: string; readonly trace: AnswerTrace };

export type AnswerCounts = {
  /** Answered from memory. */
  readonly hits: number;
  /** Not there, and there but not true any more. */
  readonly misses: number;
  readonly outdated: number;
  /** Made, and not of a kind to be remembered. */
  readonly notRemembered: number;
  readonly answers: number;
  /** About; what they were made from included. */
  readonly bytes: number;
};

/**
 * The `data` of answers given before, as JSON text. One is given again only where nothing it was made from was touched
 * up to the request's own snapshot, so that it is the text the operation would give if it ran: exact, however old. It is
 * not told of changes and has nothing to forget when they come. Whoever sees other data than others (a role, a mask) needs a
 * key of their own: today all who may ask see the same.
 */
export type AnswerMemory = {
  /** The data, once `scope` found it to hold. */
  readonly recall: (key: string, scope: RequestScope) => string | null;
  readonly keep: (key: string, data: string, scope: RequestScope) => void;
  readonly counts: () => AnswerCounts;
};

/** @param bytes at most this much, about; what was not asked for longest goes first */
export function createAnswerMemory(bytes: number): AnswerMemory {
  const answers = new LRUCache<string, Remembered>({ maxSize: bytes, maxEntrySize: Math.ceil(bytes / 20) });
  let [hits, misses, outdated, notRemembered] = [0, 0, 0, 0];
  return {
    recall: (key, scope) => {
      const known = answers.get(key);
      if (known !== undefined && scope.holds(known.trace)) {
        hits += 1;
        return known.data;
      }
      if (known === undefined) misses += 1;
      else outdated += 1;
      return null;
    },
    keep: (key, data, scope) => {
      const trace = scope.trace();
      if (trace === null) notRemembered += 1;
      else answers.set(key, { data, trace }, { size: sizeOf(key, data, trace) });
    },
    counts: () => ({ hits, misses, outdated, notRemembered, answers: answers.size, bytes: answers.calculatedSize }),
  };
}

/** Characters beyond Latin-1 make every character of a text take two bytes. */
const sizeOf = (key: string, data: string, { keys }: AnswerTrace): number =>
  300 + 2 * (key.length + data.length) + keys.reduce((sum, { length }) => sum + 40 + length, 0);

const numbers = new WeakMap<CompiledOperation, number>();
let last = 0;

/** The operation and what it was asked with; the order in which variables are named makes no difference. */
export function answerKey(operation: CompiledOperation, variables: Variables | undefined): string {
  let number = numbers.get(operation);
  if (number === undefined) {
    last += 1;
    number = last;
    numbers.set(operation, number);
  }
  return variables === undefined ? `${number}` : `${number} ${JSON.stringify(inOrder(variables))}`;
}

function inOrder(variables: Variables): unknown {
  const names = Object.keys(variables);
  return names.length < 2 ? variables : names.sort().map(name => [name, variables[name]]);
}
