import type { Range } from "../../../../domain/segment/plan.ts";
import type { NumberFormat } from "../coding.ts";

const lowest32 = -(2 ** 31);
const highest32 = 2 ** 31 - 1;

/** The whole numbers of a range as they are kept; both ends belong to it, and `from` is above `to` where it has none. */
export function rangeOfRaw(format: NumberFormat, { from, to }: Range): { readonly from: number; readonly to: number } {
  // Numbers are whole, so that "below to" is "at most the one before it".
  const last = to === Number.POSITIVE_INFINITY ? to : Math.ceil(to) - 1;
  if (format.kind === "f64") return { from: Math.ceil(from), to: last };
  return clamped(Math.ceil((from - format.base) / format.scale), Math.floor((last - format.base) / format.scale));
}

/** Beyond 32 bits there are no numbers, and an end out there must not come round at the other side. */
function clamped(from: number, to: number): { readonly from: number; readonly to: number } {
  if (from > highest32 || to < lowest32) return { from: 1, to: 0 };
  return { from: Math.max(from, lowest32), to: Math.min(to, highest32) };
}
