/** Numbers that look random and are the same in every run. Not pure-rand: here hundreds of millions are drawn. */
export type Draw = {
  /** From 0 up to but without 1. */
  readonly unit: () => number;
  /** A whole number from 0 up to but without the limit. */
  readonly below: (limit: number) => number;
  readonly oneOf: <Of>(choices: readonly Of[]) => Of;
};

/** xorshift32. */
export function createDraw(seed: number): Draw {
  let state = seed | 1;
  const unit = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(unit() * limit);
  return { unit, below, oneOf: choices => choices[below(choices.length)] as (typeof choices)[number] };
}
