import type { Instant } from "../../../../domain/instant.ts";
import type { Sequence } from "../../../../domain/segment/rule.ts";
import type { Collector } from "../../../tags/evaluation/asking.ts";
import { earlier } from "../../../tags/evaluation/asking.ts";
import { positionAt, type SelectedRows } from "../../../tags/statistic/selectedRows.ts";
import { type WindowBounds, windowBounds } from "../../../tags/statistic/windowBounds.ts";
import type { Surroundings } from "../surroundings.ts";
import type { AskTruth, Truth } from "../truth.ts";
import { followChains } from "./chains.ts";
import { type StepFacts, stepColumn } from "./stepColumn.ts";
import { lookedAt, type SequencePlan, sequencePlan } from "./steps.ts";

/** Facts that follow one another: see Sequence. */
export function sequenceLeaf(sequence: Sequence, { selectionOf, derived }: Surroundings): AskTruth {
  const plan = sequencePlan(sequence);
  const window = windowBounds(sequence.window);
  const { types, where } = lookedAt(sequence.steps);
  const selection = selectionOf(types, where);
  const take = stepColumn(sequence, selection.columnFor(["steps", JSON.stringify([sequence.steps, sequence.same])]));
  return ({ subject, at, known, collector }) => {
    const rows = derived.rowsOf(selection.plan, subject.history, known);
    const from = window.from(at);
    let truth = false;
    let validUntil: Instant | null = null;
    for (const facts of take(rows).groups.values()) {
      const met = meeting(facts, from, at, plan, window);
      if (met.truth) {
        if (!truth && collector !== null) sayWay(collector, rows, facts, met.way);
        validUntil = truth ? later(validUntil, met.validUntil) : met.validUntil;
        truth = true;
      } else if (!truth) validUntil = earlier(validUntil, met.validUntil);
      if (truth && validUntil === null) break;
    }
    if (collector !== null && !truth) collector.arithmetic.push("nothing that followed in this order");
    return { truth, validUntil };
  };
}

const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : Math.max(a, b);

type Met = Truth & { readonly way: readonly number[] };

/**
 * Each way to the last step meets the sequence from one instant to another, and the instants from which they do only rise. Facts
 * that have left the window have left it for good.
 */
function meeting(facts: StepFacts, from: Instant, at: Instant, plan: SequencePlan, window: WindowBounds): Met {
  const { times, masks } = facts;
  const { absentAfter, maxGap } = plan;
  const chains = followChains(facts, firstFrom(times, from), plan);
  let way: readonly number[] = [];
  let reach: Instant | null = null;
  let absent = 0;
  for (const end of chains.ends) {
    const time = times[end] as Instant;
    let opens = window.enters(time);
    if (opens === null) continue;
    let closes = window.leaves(chains.startOf(end)) ?? Number.POSITIVE_INFINITY;
    if (absentAfter !== 0) {
      absent = Math.max(absent, end + 1);
      while (absent < times.length && ((masks[absent] as number) & absentAfter) === 0) absent += 1;
      const spoiled = absent < times.length ? (times[absent] as Instant) : Number.POSITIVE_INFINITY;
      if (maxGap === null) closes = Math.min(closes, spoiled);
      else if (spoiled <= time + maxGap) continue;
      else opens = Math.max(opens, time + maxGap);
    }
    if (opens >= closes) continue;
    if (reach === null) {
      if (opens > at) return { truth: false, validUntil: opens, way };
      if (closes <= at) continue;
      reach = closes;
      way = chains.through(end);
    } else if (opens > reach) break;
    else reach = Math.max(reach, closes);
    if (reach === Number.POSITIVE_INFINITY) break;
  }
  if (reach === null) return { truth: false, validUntil: null, way };
  return { truth: true, validUntil: reach === Number.POSITIVE_INFINITY ? null : reach, way };
}

function firstFrom(times: readonly Instant[], from: Instant): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as Instant) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sayWay(collector: Collector, rows: SelectedRows, facts: StepFacts, way: readonly number[]): void {
  for (const place of way) collector.positions.push(positionAt(rows, facts.rows[place] as number));
  collector.arithmetic.push(`${way.length} facts that followed one another`);
}
