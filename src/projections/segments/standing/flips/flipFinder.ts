import type { ColumnTest } from "../../../../domain/segment/plan.ts";
import type { TagValue, ValueType } from "../../../../domain/tag/tagValue.ts";
import { passes } from "../../columns/testValue.ts";
import { createNumberFlips } from "./numberFlips.ts";
import { createSetFlips } from "./setFlips.ts";
import { createValueFlips } from "./valueFlips.ts";

/** A test of a column that stands in some segment; `leaf` is its number. */
export type WatchedTest = {
  readonly leaf: number;
  readonly test: ColumnTest;
  readonly holds: (value: TagValue) => boolean;
};

export function watchedTest(leaf: number, test: ColumnTest): WatchedTest {
  const holds = passes(test);
  return { leaf, test, holds: value => value !== null && holds(value) };
}

/** Tells which tests another value of the column makes true or false, by adding `flipOf(leaf, truth)`; some may be told twice. */
export type FlipFinder = (before: TagValue, after: TagValue, flips: number[]) => void;

export const flipOf = (leaf: number, truth: boolean): number => leaf * 2 + (truth ? 1 : 0);
export const leafOfFlip = (flip: number): number => flip >>> 1;
export const truthOfFlip = (flip: number): boolean => (flip & 1) === 1;

export function createFlipFinder(type: ValueType, tests: readonly WatchedTest[]): FlipFinder {
  switch (type.kind) {
    case "number":
    case "money":
    case "date":
      return createNumberFlips(tests);
    case "set":
      return createSetFlips(tests);
    case "boolean":
    case "enumeration":
    case "text":
      return createValueFlips(tests);
  }
}
