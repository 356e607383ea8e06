import type { ColumnTest } from "../../../../domain/segment/plan.ts";
import type { TagValue } from "../../../../domain/tag/tagValue.ts";
import { passes } from "../../columns/testValue.ts";
import type { FlipList } from "./flipList.ts";

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

/** Adds which tests another value of the column makes true or false; some may be told twice, or with what took them back. */
export type FlipFinder = (before: TagValue, after: TagValue, flips: FlipList) => void;

/** A leaf and whether it became true, as one number. */
export const flipOf = (leaf: number, truth: boolean): number => leaf * 2 + (truth ? 1 : 0);
