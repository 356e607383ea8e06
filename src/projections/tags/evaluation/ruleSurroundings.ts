import type { TagCode } from "../../../domain/tag/definition.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import type { DerivedRows } from "../statistic/derivedRows.ts";
import type { SharedSelection } from "../statistic/sharedSelections.ts";
import type { InputOf } from "./relationTag.ts";

/** What rules share and need of each other. */
export type RuleSurroundings = {
  readonly derived: DerivedRows;
  readonly selectionOf: (types: readonly string[], where: FactFilter | null) => SharedSelection;
  readonly typeOf: (code: TagCode) => ValueType;
  readonly inputOf: InputOf;
};
