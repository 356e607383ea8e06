import type { Instant } from "../../../../domain/instant.ts";
import type { SequencePlan } from "./steps.ts";

type Facts = { readonly times: readonly Instant[]; readonly masks: readonly number[] };

/** The ways a sequence can be met by facts from `from` on; of those that end with the same fact, the one that began last. */
export type Chains = {
  /** Facts that can be the last one, in order. */
  readonly ends: readonly number[];
  readonly startOf: (end: number) => Instant;
  /** The facts of all steps, in order. */
  readonly through: (end: number) => readonly number[];
};

const none = -1;

/**
 * Step by step: with which fact did the youngest way begin that leads to this fact. The facts that may come before one are a
 * stretch both ends of which only move on (no gap too short or too long, nothing between that must not be), so that the best of them is
 * kept at hand in a queue. Work is facts times steps, however they lie.
 */
export function followChains(facts: Facts, from: number, { happening, minGap, maxGap, within }: SequencePlan): Chains {
  const { times, masks } = facts;
  const count = times.length - from;
  /** By step: the fact with which the youngest way to a fact begins, and the fact before it on that way. */
  let starts = new Int32Array(count);
  const befores: Int32Array[] = [];
  for (let index = 0; index < count; index += 1)
    starts[index] = ((masks[from + index] as number) & (happening[0]?.bit ?? 0)) === 0 ? none : index;
  for (const { bit, absentBefore } of happening.slice(1)) {
    const next = new Int32Array(count).fill(none);
    const before = new Int32Array(count).fill(none);
    const queue = new Int32Array(count);
    let [head, tail] = [0, 0];
    let earliest = 0;
    let ready = 0;
    for (let index = 0; index < count; index += 1) {
      const time = times[from + index] as Instant;
      const mask = masks[from + index] as number;
      if ((mask & bit) !== 0) {
        for (; ready < index && time - (times[from + ready] as Instant) >= (minGap ?? 0); ready += 1) {
          const start = starts[ready] as number;
          if (start === none) continue;
          while (head < tail && (starts[queue[tail - 1] as number] as number) <= start) tail -= 1;
          queue[tail] = ready;
          tail += 1;
        }
        if (maxGap !== null) while (time - (times[from + earliest] as Instant) > maxGap) earliest += 1;
        while (head < tail && (queue[head] as number) < earliest) head += 1;
        if (head < tail) {
          before[index] = queue[head] as number;
          next[index] = starts[queue[head] as number] as number;
        }
      }
      // What must not be may be a step itself, and something may begin with it; nothing may reach over it.
      if ((mask & absentBefore) !== 0 && index > earliest) earliest = index;
    }
    starts = next;
    befores.push(before);
  }
  const ends: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = starts[index] as number;
    if (start === none) continue;
    const length = (times[from + index] as Instant) - (times[from + start] as Instant);
    if (within === null || length <= within) ends.push(from + index);
  }
  return {
    ends,
    startOf: end => times[from + (starts[end - from] as number)] as Instant,
    through: end => {
      const way = [end];
      for (let step = befores.length - 1; step >= 0; step -= 1)
        way.unshift(from + (befores[step]?.[(way[0] as number) - from] as number));
      return way;
    },
  };
}
