import { hash } from "node:crypto";
import { decisionId } from "../../domain/decision/decisionId.ts";

/** The id of a decision by its campaign, assignment version, customer and cause. */
export const decisionIdOf = (of: Parameters<typeof decisionId>[1]): ReturnType<typeof decisionId> =>
  decisionId(text => hash("sha256", text), of);
