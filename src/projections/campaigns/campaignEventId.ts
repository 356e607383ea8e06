import { hash } from "node:crypto";
import { derivedEventIdBy } from "../../domain/derivedEventId.ts";
import type { EventId } from "../../domain/ids.ts";

/** The id of what a campaign does by itself at an instant: doing it again comes to the same event. */
export const campaignEventId = (...words: readonly (string | number)[]): EventId =>
  derivedEventIdBy(text => hash("sha256", text), words);
