import type { RecordedEvent } from "../../../domain/event.ts";
import { conditionNamed, consentCondition, isCondition } from "../../../domain/segment/conditions.ts";
import type { TagVersion } from "../../../domain/tag/definition.ts";
import { consentTypes } from "../../tags/history/groupTables.ts";
import type { Slot } from "../../tags/stage/slot.ts";

/** Whether a channel may be used for a purpose is kept for every two of them that anybody ever spoke of: reach is asked for all the time. */
export function createHeardConsents(slots: readonly Slot[]): {
  readonly hear: (event: RecordedEvent) => void;
  readonly conditions: () => readonly TagVersion[];
} {
  let list: readonly TagVersion[] = slots
    .filter(({ code }) => isCondition(code))
    .map(({ code }) => conditionNamed(code))
    .filter(({ definition: { rule } }) => rule.kind === "attribute" && rule.source.kind === "consent");
  const heard = new Set(list.map(({ code }) => code));
  return {
    hear: ({ type, data }) => {
      if (!consentTypes.includes(type) || heard.size >= mostConsents) return;
      const { channel, purpose } = data as { readonly channel: string; readonly purpose: string };
      const condition = consentCondition(channel, purpose);
      if (heard.has(condition.code)) return;
      heard.add(condition.code);
      list = [...list, condition];
    },
    conditions: () => list,
  };
}

/** Beyond, reach is worked out from everybody's facts. */
const mostConsents = 200;
