import type { Fault } from "../domain/fault.ts";
import type { RuleSurroundings } from "../domain/segment/parse/ruleReading.ts";
import { createFactFields } from "../intake/factFields.ts";
import { standards } from "../intake/standards.ts";
import { leftSealed } from "../projections/logPages.ts";
import { factCatalogue } from "../threads/factCatalogue.ts";

const unseen = "unseen-tag";

/** For reading rules in files before a store is opened: which tags there are, and of which type, only the store knows. */
export const withoutTags = (): RuleSurroundings => ({
  standards,
  fields: createFactFields(factCatalogue(), leftSealed),
  tag: () => ({ kind: "unusable", code: unseen, message: "is looked at in the store" }),
});

/** Whether it is wrong whatever the store holds. */
export const isOfTheFile = ({ code }: Fault): boolean => code !== unseen && code !== "more-faults";
