import { createHash } from "node:crypto";
import type { Actor, NewEvent, Position, RecordedEvent } from "../domain/event.ts";
import type { Expected, LogReader, LogWriter } from "../domain/eventLog.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import { TagCode, type TagDefinition, tagStream } from "../domain/tag/definition.ts";
import type { TagEvent } from "../domain/tag/events.ts";
import type { TagRule } from "../domain/tag/rule.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import type { IdSecret } from "../intake/identify.ts";
import { createWhereabouts } from "../intake/whereabouts.ts";
import { ownEvent } from "./applyProposal.ts";
import type { ManualTagRefusal } from "./manualTags.ts";
import { readWholeStream } from "./readWholeStream.ts";

export type ManualTagParts = {
  readonly writer: Pick<LogWriter, "append" | "streamExists" | "claimant">;
  readonly reader: Pick<LogReader, "readStream" | "read" | "findById">;
  /** All tags, as the log has them now. */
  readonly catalogue: () => Promise<TagCatalogue>;
  readonly standards: Standards;
  readonly secret: IdSecret;
  readonly now: () => Instant;
};

/** What every command on a tag's values needs of the log. */
export type ManualTagDoor = ManualTagParts & {
  /** The definition in force, or why there is none that such a command could be about. */
  readonly definitionOf: (code: string, kinds: readonly TagRule["kind"][]) => Promise<TagDefinition | ManualTagRefusal>;
  readonly customerOf: (system: string, id: string) => CustomerId | null;
  readonly eventsOf: (code: TagCode) => Promise<readonly RecordedEvent[]>;
  /** The position of the last of the events, or why they were not recorded. */
  readonly append: (code: TagCode, expected: Expected, events: readonly NewEvent[]) => Position | ManualTagRefusal;
};

export function manualTagDoor(parts: ManualTagParts): ManualTagDoor {
  const { writer, reader, catalogue, secret, now } = parts;
  const whereabouts = createWhereabouts(writer, secret);
  return {
    ...parts,
    definitionOf: async (code, kinds) => definitionInForce(code, await catalogue(), kinds),
    customerOf: (system, id) => {
      const place = whereabouts.overlay().customer({ system, id });
      return place.exists ? place.id : null;
    },
    eventsOf: code => readWholeStream(reader, tagStream(code)),
    append: (code, expected, events) => {
      const [outcome] = writer.append([{ writes: [{ stream: tagStream(code), expected, events }] }], now());
      if (outcome?.kind === "appended" || outcome?.kind === "duplicate") return outcome.last;
      if (outcome?.kind === "conflict")
        return {
          kind: "conflict",
          message: "others changed the tag at the same time; nothing was recorded: try again",
        };
      throw new Error(`the log does not take an event of tag ${code}: ${outcome?.kind}`);
    },
  };
}

function definitionInForce(
  raw: string,
  { tags }: TagCatalogue,
  kinds: readonly TagRule["kind"][],
): TagDefinition | ManualTagRefusal {
  const code = TagCode.parse(raw);
  const tag = code === null ? undefined : tags.get(code);
  if (tag === undefined)
    return { kind: "unknownTag", code: raw.slice(0, 100), message: `there is no tag "${raw.slice(0, 100)}"` };
  const definition = tag.versions.findLast(({ published, ended }) => published !== null && ended === null)?.definition;
  if (definition === undefined)
    return { kind: "wrongStatus", code: tag.code, message: `${tag.code} is not in force: publish it first` };
  if (!kinds.includes(definition.rule.kind))
    return {
      kind: "wrongKind",
      code: tag.code,
      message: `${tag.code} is of kind ${definition.rule.kind}; this is for ${kinds.join(" and ")} tags`,
    };
  return definition;
}

/** An event of a tag's stream. What somebody notes may be about a person, so notes are sealed. */
export function tagEvent({ type, data }: TagEvent, eventId: NewEvent["eventId"], actor: Actor, now: Instant): NewEvent {
  const { note, ...open } = data as { readonly note?: string; readonly proposalId?: string };
  return {
    ...ownEvent,
    eventId,
    type,
    occurredAt: now,
    actor,
    correlationId: open.proposalId ?? null,
    data: open as JsonObject,
    personal:
      note === undefined || note === ""
        ? null
        : { subject: `tag-proposal-${open.proposalId}`, fields: { "/note": note } },
  };
}

export const invalid = (faults: readonly Fault[]): ManualTagRefusal => ({
  kind: "invalid",
  faults,
  message: faults.map(({ field, message }) => `${field}: ${message}`).join("; "),
});

const longestNote = 1_000;
export const noteFaults = (note: string): Fault[] =>
  note.length <= longestNote
    ? []
    : [{ field: "note", code: "too-long", message: `expected at most ${longestNote} characters, got ${note.length}` }];

export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");
