import type { Instant } from "../../../domain/instant.ts";
import type { SegmentChange, SegmentDay } from "./segmentChange.ts";

const dayMs = 86_400_000;
export const dayOf = (at: Instant): number => Math.floor(at / dayMs);

/** What consecutive changes of one segment make of its days, to be added to what is stored of them. `size`: before the first. */
export function daysOf(changes: readonly SegmentChange[], size: number): SegmentDay[] {
  const days: SegmentDay[] = [];
  let members = size;
  for (const { segment, at, kind } of changes) {
    const day = dayOf(at);
    const entered = kind === "entered" ? 1 : 0;
    members += entered === 1 ? 1 : -1;
    const last = days.at(-1);
    if (last?.day === day)
      days[days.length - 1] = {
        ...last,
        entered: last.entered + entered,
        exited: last.exited + 1 - entered,
        size: members,
      };
    else days.push({ segment, day, entered, exited: 1 - entered, size: members });
  }
  return days;
}
