import type { RecordedEvent } from "../../../domain/event.ts";
import { consentCondition } from "../../../domain/segment/conditions.ts";
import type { TagVersion } from "../../../domain/tag/definition.ts";
import { consentTypes } from "../../tags/history/groupTables.ts";
import type { ConsentPair } from "../feed/segmentTables.ts";

/** Whether a channel may be used for a purpose is kept for every two of them that anybody ever spoke of: reach is asked for all the time. */
export type HeardConsents = {
  readonly hear: (event: RecordedEvent) => void;
  readonly conditions: () => readonly TagVersion[];
  /** Those heard since the last commit. */
  readonly changes: () => readonly ConsentPair[];
  readonly committed: () => void;
};

/** Beyond, reach is worked out from everybody's facts. */
const mostConsents = 200;

export function createHeardConsents(known: readonly ConsentPair[]): HeardConsents {
  const heard = new Set(known.map(pair => JSON.stringify(pair)));
  let list = known.map(([channel, purpose]) => consentCondition(channel, purpose));
  let news: ConsentPair[] = [];
  return {
    hear: ({ type, data }) => {
      if (!consentTypes.includes(type) || heard.size >= mostConsents) return;
      const { channel, purpose } = data as { readonly channel?: unknown; readonly purpose?: unknown };
      if (typeof channel !== "string" || typeof purpose !== "string") return;
      const pair: ConsentPair = [channel, purpose];
      const key = JSON.stringify(pair);
      if (heard.has(key)) return;
      heard.add(key);
      news.push(pair);
      list = [...list, consentCondition(channel, purpose)];
    },
    conditions: () => list,
    changes: () => news,
    committed: () => {
      news = [];
    },
  };
}
