import { sameExp, sameLog } from "../../../domain/sameLogarithm.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { type Bin, binOf, type FeatureColumn, type Question, questionsOf } from "./featureBins.ts";

/** By bin: how many customers of the seed list and of all others fall into it, and what that says. */
export type WeighedQuestion = Question & {
  readonly seeds: readonly number[];
  readonly others: readonly number[];
  /** Millionths of log-odds: above zero it speaks for likeness. */
  readonly weights: readonly number[];
};

/** Plain data: may be stored as JSON and gives the same scores wherever it is read. */
export type LookAlikeModel = {
  readonly seeds: number;
  readonly others: number;
  readonly questions: readonly WeighedQuestion[];
};

export type Likeness = {
  /** 0 to 1, scaled by the tag's decimals. */
  readonly score: number;
  /** Millionths: the sum of the contributions' weights. */
  readonly logOdds: number;
};

/** What one feature of a customer says, and the counts that it rests on. */
export type Contribution = {
  readonly code: TagCode;
  readonly value: TagValue;
  readonly bin: Bin;
  readonly seeds: number;
  readonly others: number;
  readonly weight: number;
};

const millionths = 1_000_000;

/**
 * Fits likeness to a seed list: naive Bayes over binned features. Counts are integers with one added to each (Laplace) and
 * weights are rounded to millionths, so neither the order of the customers nor the machine changes anything. Null where
 * the list holds nobody, or everybody: there is nothing to tell apart.
 */
export function fitLookAlike(isSeed: readonly boolean[], features: readonly FeatureColumn[]): LookAlikeModel | null {
  const seeds = isSeed.filter(Boolean).length;
  const others = isSeed.length - seeds;
  if (seeds === 0 || others === 0) return null;
  const questions = features.flatMap(column =>
    questionsOf(column).map(question => weigh(question, column.values, isSeed, seeds, others)),
  );
  return { seeds, others, questions };
}

/**
 * How much a customer is like the seed list: the probability that its features come from the list rather than from the
 * rest, were both equally likely beforehand.
 */
export function likeness(model: LookAlikeModel, read: (code: TagCode) => TagValue, decimals: number): Likeness {
  let logOdds = 0;
  for (const question of model.questions) logOdds += question.weights[binOf(question, read(question.code))] as number;
  const against = sameExp(Math.max(-700, Math.min(700, -logOdds / millionths)));
  return { score: Math.round(10 ** decimals / (1 + against)), logOdds };
}

/** What each feature of a customer says, the weightiest first; the weights add up to `logOdds`. */
export const contributionsOf = (model: LookAlikeModel, read: (code: TagCode) => TagValue): Contribution[] =>
  model.questions
    .map(({ code, bins, seeds, others, weights }): Contribution => {
      const value = read(code);
      const at = binOf({ code, bins }, value);
      return {
        code,
        value,
        bin: bins[at] as Bin,
        seeds: seeds[at] as number,
        others: others[at] as number,
        weight: weights[at] as number,
      };
    })
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));

function weigh(
  question: Question,
  values: readonly TagValue[],
  isSeed: readonly boolean[],
  seedsInAll: number,
  othersInAll: number,
): WeighedQuestion {
  const size = question.bins.length;
  const seeds = new Array<number>(size).fill(0);
  const others = new Array<number>(size).fill(0);
  for (const [at, seed] of isSeed.entries()) (seed ? seeds : others)[binOf(question, values[at] as TagValue)]! += 1;
  const weights = question.bins.map((_, at) => {
    const ratio =
      (((seeds[at] as number) + 1) * (othersInAll + size)) / (((others[at] as number) + 1) * (seedsInAll + size));
    return Math.round(sameLog(ratio) * millionths);
  });
  return { ...question, seeds, others, weights };
}
