import type { Fault } from "../../fault.ts";
import { type Referable, relationBelow } from "../../tag/check/checkTags.ts";
import type { TagCode, TagDefinition } from "../../tag/definition.ts";
import { readTagCode } from "../../tag/parse/expression.ts";
import type { Surroundings } from "../../tag/parse/parseDefinition.ts";
import { fault, type Reading, type Spot } from "../../tag/parse/reading.ts";
import type { Rule } from "../rule.ts";

/** What rules are read against: `tag` gives the version in force that a code means, or why there is none. */
export type RuleSurroundings = Surroundings & { readonly tag: (code: TagCode) => Referable };

/** Reading a rule: that of a definition, and what of it goes on while its nodes are read. */
export type RuleReading = Reading & {
  readonly tag: RuleSurroundings["tag"];
  /** Nodes met so far. */
  readonly met: { nodes: number };
};

/** Where a node stands: its depth from 1, and whether it is about related customers. */
export type Place = { readonly depth: number; readonly related: boolean };
export type ReadRule = (spot: Spot, place: Place) => Rule | null;

export const startReading = ({ standards, fields, tag }: RuleSurroundings): RuleReading & { faults: Fault[] } => ({
  ...{ standards, fields, tag, faults: [], type: null, met: { nodes: 0 } },
});

/** The tag that a code names, in force; where it is about related customers, one of their own. */
export function readTag(reading: RuleReading, spot: Spot, { related }: Place): TagDefinition | null {
  const code = readTagCode(reading, spot);
  if (code === null) return null;
  const found = reading.tag(code);
  if (found.kind === "unusable") return fault(reading, spot.path, found.code, found.message);
  if (!related) return found.definition;
  const relation = relationBelow(code, other => definitionOf(reading, other));
  if (relation === null) return found.definition;
  const what = relation === code ? `${code} is` : `${code} is computed from ${relation},`;
  return fault(
    reading,
    spot.path,
    "relation-over-relation",
    `${what} a relation tag; related customers are looked at by their own tags only`,
  );
}

function definitionOf(reading: RuleReading, code: TagCode): TagDefinition | null {
  const found = reading.tag(code);
  return found.kind === "usable" ? found.definition : null;
}
