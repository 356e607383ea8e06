import type { Instant } from "../../domain/instant.ts";
import { sameValue, type TagValue } from "../../domain/tag/tagValue.ts";
import type { Evaluated } from "./evaluation/evaluated.ts";

export type ValueStep = { readonly from: Instant; readonly until: Instant; readonly value: TagValue };
export type ValueSteps = {
  readonly steps: readonly ValueStep[];
  /** Where the walk stopped before its end; null where it got there. */
  readonly continuesAt: Instant | null;
};

/**
 * A tag's value in [from, to) as steps, walked from one `validUntil` to the next. Stops where a further value would be the
 * `limit`+1st, or `mayGoOn` says no; at least one evaluation is made.
 */
export function valueSteps(
  evaluate: (at: Instant) => Evaluated,
  from: Instant,
  to: Instant,
  limit: number,
  mayGoOn: () => boolean,
): ValueSteps {
  const steps: ValueStep[] = [];
  let at = from;
  while (at < to) {
    if (at !== from && !mayGoOn()) return { steps, continuesAt: at };
    const { value, validUntil } = evaluate(at);
    const until = Math.min(validUntil ?? to, to);
    if (until <= at) throw new Error(`a value of ${at} that is valid until ${until} is none`);
    const last = steps.at(-1);
    if (last !== undefined && sameValue(last.value, value)) steps[steps.length - 1] = { ...last, until };
    else if (steps.length === limit) return { steps, continuesAt: at };
    else steps.push({ from: at, until, value });
    at = until;
  }
  return { steps, continuesAt: null };
}
