import { hash } from "node:crypto";
import { derivedEventIdBy } from "../domain/derivedEventId.ts";
import type { EventId } from "../domain/ids.ts";

/** The id of the event that these words name: the same command again finds what it recorded before. */
export const derivedEventId = (...words: readonly (string | number)[]): EventId =>
  derivedEventIdBy(text => hash("sha256", text), words);
