import type { Instant } from "../../../domain/instant.ts";
import { earlier } from "../../tags/evaluation/asking.ts";
import type { AskTruth } from "./truth.ts";

export const notOf =
  (part: AskTruth): AskTruth =>
  asking => {
    const { truth, validUntil } = part(asking);
    return { truth: !truth, validUntil };
  };

/** Of no parts: true. */
export const allOf = (parts: readonly AskTruth[]): AskTruth => decidedBy(false, parts);

/** Of no parts: false. */
export const anyOf = (parts: readonly AskTruth[]): AskTruth => decidedBy(true, parts);

/**
 * One part with that truth decides, for as long as it has it, whatever is to be said of the others: so the truth, and whether
 * there is one, do not hang on the order of the parts.
 */
function decidedBy(decisive: boolean, parts: readonly AskTruth[]): AskTruth {
  return asking => {
    let validUntil: Instant | null = null;
    let failures: unknown[] | null = null;
    for (const part of parts) {
      try {
        const found = part(asking);
        if (found.truth === decisive) return found;
        validUntil = earlier(validUntil, found.validUntil);
      } catch (failure) {
        failures ??= [];
        failures.push(failure);
      }
    }
    if (failures !== null) throw failures[0];
    return { truth: !decisive, validUntil };
  };
}
