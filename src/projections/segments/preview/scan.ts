import { setImmediate } from "node:timers/promises";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { Moment, TagProgram } from "../../tags/evaluation/evaluateTag.ts";
import { InexactFigure } from "../../tags/evaluation/inexactFigure.ts";
import type { Members } from "../columns/query/around.ts";
import { compileRule } from "../rowwise/ruleTruth.ts";
import { type Populations, surroundingsOf } from "../rowwise/surroundings.ts";
import type { Population } from "./population.ts";

export type Scanned =
  | { readonly kind: "members"; readonly members: Members; readonly customers: number }
  | {
      readonly kind: "failed";
      readonly customers: number;
      readonly examples: readonly CustomerId[];
      readonly message: string;
    }
  | { readonly kind: "tooSlow" };

/** Rows between two looks at the clock. */
const stride = 64;
const sliceMs = 20;
const examplesShown = 10;

/**
 * Asks a rule of everybody, one after the other, straight from their facts. Others have their turn in between.
 * @param deadline of performance.now()
 */
export async function scan(
  rule: Rule,
  population: Population,
  {
    program,
    populations,
    moment,
  }: {
    readonly program: TagProgram;
    readonly populations: Populations;
    readonly moment: Moment;
  },
  deadline: number,
): Promise<Scanned> {
  const ask = compileRule(rule, surroundingsOf(program, populations));
  const bits = new Uint8Array((population.rows + 7) >>> 3);
  let [count, customers, failures] = [0, 0, 0];
  let message = "";
  const examples: CustomerId[] = [];
  let pausedAt = performance.now();
  for (let row = 0; row < population.rows; row += 1) {
    if (row % stride === 0 && performance.now() - pausedAt > sliceMs) {
      await setImmediate();
      pausedAt = performance.now();
      if (pausedAt > deadline) return { kind: "tooSlow" };
    }
    const found = population.subject(row);
    const subject = found instanceof Promise ? await found : found;
    if (subject === null) continue;
    customers += 1;
    try {
      if (!ask(subject, moment).truth) continue;
      bits[row >>> 3]! |= 1 << (row & 7);
      count += 1;
    } catch (error) {
      if (!(error instanceof InexactFigure)) throw error;
      failures += 1;
      message = error.message;
      if (examples.length < examplesShown) examples.push(subject.customerId);
    }
  }
  if (failures > 0) return { kind: "failed", customers: failures, examples, message };
  return { kind: "members", members: { bits, count }, customers };
}
