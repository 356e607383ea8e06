import type { Instant } from "../../../domain/instant.ts";
import type { Asking } from "../../tags/evaluation/asking.ts";

/** `validUntil`: it holds before this instant if no other fact arrives; from it on it has to be asked again. Null: for good. */
export type Truth = { readonly truth: boolean; readonly validUntil: Instant | null };

/** One node of a rule made ready. Throws where it cannot be evaluated: that is neither true nor false. */
export type AskTruth = (asking: Asking) => Truth;

export const holds: Truth = { truth: true, validUntil: null };
export const fails: Truth = { truth: false, validUntil: null };
export const forGood = (truth: boolean): Truth => (truth ? holds : fails);
