import type { Instant } from "../../../domain/instant.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { earlier } from "../../tags/evaluation/asking.ts";
import { relatedCustomers } from "../../tags/evaluation/relatedCustomers.ts";
import type { AskTruth } from "./truth.ts";

type RelationLeaf = Extract<Rule, { kind: "relation" }>;

/** `where` is false of somebody of whom nothing is known. */
export function relationLeaf({ kinds, direction, quantifier }: RelationLeaf, where: AskTruth): AskTruth {
  const decide = decided(quantifier);
  return asking => {
    const { subject, at, known, collector } = asking;
    const { related, positions, ...links } = relatedCustomers(subject, kinds, direction, at, known);
    collector?.positions.push(...positions);
    let validUntil: Instant | null = links.validUntil;
    let [met, failed] = [0, 0];
    let failure: unknown;
    for (const other of related) {
      try {
        const found = other.subject !== null ? where({ subject: other.subject, at, known, collector: null }) : null;
        if (found !== null) validUntil = earlier(validUntil, found.validUntil);
        if (found?.truth === true) met += 1;
        collector?.related.push({ customerId: other.customerId, value: found?.truth ?? null });
      } catch (error) {
        failed += 1;
        failure ??= error;
      }
    }
    const truth = decide(met, met + failed, related.length);
    if (truth === null) throw failure;
    collector?.arithmetic.push(`${met} of ${related.length} related customers`);
    return { truth, validUntil };
  };
}

/** Of so many, at least `least` and at most `most` meet it; null where that decides nothing. */
function decided(quantifier: RelationLeaf["quantifier"]): (least: number, most: number, all: number) => boolean | null {
  const reaching =
    (needed: (all: number) => number) =>
    (least: number, most: number, all: number): boolean | null =>
      least >= needed(all) ? true : most < needed(all) ? false : null;
  if (typeof quantifier === "object") return reaching(() => quantifier.atLeast);
  switch (quantifier) {
    case "any":
      return reaching(() => 1);
    case "all":
      return reaching(all => all);
    case "none": {
      const any = reaching(() => 1);
      return (...counts) => {
        const found = any(...counts);
        return found === null ? null : !found;
      };
    }
  }
}
