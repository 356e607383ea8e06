import { createHash } from "node:crypto";
import { derivedEventIdBy } from "../../domain/derivedEventId.ts";
import type { EventId } from "../../domain/ids.ts";

/** The id of what a campaign does by itself at an instant: doing it again comes to the same event. */
export const campaignEventId = (...words: readonly (string | number)[]): EventId =>
  derivedEventIdBy(text => createHash("sha256").update(text).digest("hex"), words);
