import { v7 as uuidv7 } from "uuid";
import { readInstant } from "../intake/instants.ts";
import { derivedEventId } from "./derivedEventId.ts";
import { invalid, type ManualTagDoor, tagEvent } from "./manualTagDoor.ts";
import type { ManualTagCommand, ManualTagOutcome } from "./manualTags.ts";

/**
 * Has a population-relative tag computed anew from what is true at `asOf` (default: now) of what the log holds. Between
 * refreshes its values stand still.
 */
export async function refreshTag(
  command: Extract<ManualTagCommand, { kind: "refresh" }>,
  door: ManualTagDoor,
): Promise<ManualTagOutcome> {
  const definition = await door.definitionOf(command.code, ["rfm", "lookAlike"]);
  if ("message" in definition) return definition;
  const now = door.now();
  const asOf = command.asOf === null ? now : readInstant(command.asOf);
  if (asOf === null)
    return invalid([{ field: "asOf", code: "malformed", message: "expected an instant such as 2030-01-01T00:00:00Z" }]);
  if (asOf > now) return invalid([{ field: "asOf", code: "in-future", message: "what is true then is not known yet" }]);
  const { code } = definition;
  const eventId = derivedEventId("tag-refreshed", code, uuidv7());
  const position = door.append(code, "exists", [
    tagEvent({ type: "tag-refreshed", data: { asOf } }, eventId, command.actor, now),
  ]);
  return typeof position === "number" ? { kind: "refreshed", asOf, position } : position;
}
