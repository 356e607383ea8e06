import type { ValueType } from "../../domain/tag/tagValue.ts";
import type { TagValueKind } from "./tagEnums.ts";

export type ValueTypeNode = {
  readonly kind: TagValueKind;
  readonly values: readonly string[] | null;
  readonly decimals: number | null;
  readonly unit: string | null;
  readonly currency: string | null;
  readonly zone: string | null;
};

const blank = { values: null, decimals: null, unit: null, currency: null, zone: null };

export const valueTypeNode = (type: ValueType): ValueTypeNode => ({ ...blank, ...type });
