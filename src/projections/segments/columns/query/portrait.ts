import type { TagValue } from "../../../../domain/tag/tagValue.ts";
import { bucketRange, failedCode, firstCode, restCode } from "../coding.ts";
import type { Column } from "../column.ts";
import type { Members } from "./around.ts";
import type { ColumnsView } from "./columnsView.ts";
import { memberPortrait } from "./memberPortrait.ts";
import { tally } from "./tally.ts";

/** How the values of a column are spread among some against all; sets by their members, of which one customer may have several. */
export type ColumnPortrait = {
  readonly inside: { readonly customers: number; readonly missing: number };
  readonly everyone: { readonly customers: number; readonly missing: number };
  /** Values by how many have them, most first; ranges ascending. Such as nobody has are left out. */
  readonly buckets: readonly PortraitPart[];
};
export type PortraitPart = {
  readonly of:
    | { readonly kind: "value"; readonly value: NonNullable<TagValue> }
    /** Half-open; ends may be infinite. */
    | { readonly kind: "range"; readonly from: number; readonly to: number }
    | { readonly kind: "others" };
  readonly inside: number;
  readonly everyone: number;
};

export function portraitOf(view: ColumnsView, column: Column, inside: Members): ColumnPortrait {
  const within = tally(view, column, inside.bits);
  const all = view.counts(column);
  const missing = (customers: number, counts: Float64Array | Uint32Array): number => {
    let there = 0;
    for (let code = failedCode; code < 256; code += 1) there += counts[code] as number;
    return customers - there;
  };
  const live = view.live();
  return {
    inside: { customers: inside.count, missing: missing(inside.count, within) },
    everyone: { customers: live, missing: missing(live, all) },
    buckets: column.type.kind === "set" ? memberPortrait(view, column, inside, within) : byCode(),
  };

  function byCode(): PortraitPart[] {
    const parts: PortraitPart[] = [];
    for (let code = firstCode; code < 256; code += 1)
      if (all[code] !== 0)
        parts.push({ of: meaning(column, code), inside: within[code] as number, everyone: all[code] as number });
    return column.coding.kind === "sketch" ? parts : parts.sort((a, b) => b.everyone - a.everyone);
  }
}

function meaning(column: Column, code: number): PortraitPart["of"] {
  const { coding, dictionary } = column;
  if (coding.kind === "sketch") {
    const { from, to } = bucketRange(coding.cuts, code);
    return from === to ? { kind: "value", value: from } : { kind: "range", from, to: to + 1 };
  }
  if (coding.kind === "direct") return { kind: "value", value: dictionary.values[code - firstCode] as string };
  return coding.kind === "members" || code === restCode
    ? { kind: "others" }
    : { kind: "value", value: dictionary.values[coding.ids[code - firstCode] as number] as string };
}
