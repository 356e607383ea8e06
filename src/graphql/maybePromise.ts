import type { MaybePromise } from "../projections/readModels.ts";

/** Goes on at once where the value is here already, so that an embedded read costs no turn of the event loop. */
export const whenReady = <Value, Next>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> => (value instanceof Promise ? value.then(next) : next(value));
