import { randomUUID } from "node:crypto";
import type { Actor, NewEvent } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest, LogReader } from "../domain/eventLog.ts";
import type { EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import { accept, refuse } from "../domain/result.ts";
import { draftTag, invalid, publishTag, retireTag, type TagDecision, type TagLifeEvent } from "../domain/tag/decide.ts";
import { type TagCode, tagStream } from "../domain/tag/definition.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import { parseDefinition } from "../domain/tag/parse/parseDefinition.ts";
import { printDefinition } from "../domain/tag/print/printDefinition.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";
import { createTagCatalogueReader } from "./tagCatalogueReader.ts";
import type { TagDefinitions, TagDone, TagOutcome } from "./tagDefinitions.ts";

export type TagDefinitionParts = {
  readonly log: Pick<LogReader, "head" | "read">;
  /** The log's writer, wherever it runs. Rejects with IntakeTimeout when it gives no answer. */
  readonly append: (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
  readonly fields: FactFields;
  readonly standards: Standards;
  readonly now: () => Instant;
};

/** Others may change the same tag between our look and our write, but not for ever. */
const mostAttempts = 5;
const longestActor = 200;

export function createTagDefinitions(parts: TagDefinitionParts): TagDefinitions {
  const { log, append, fields, standards, now } = parts;
  const catalogue = createTagCatalogueReader(log);
  const inTurn = oneAtATime();

  const carryOut = async (decide: (catalogue: TagCatalogue) => TagDecision, actor: Actor): Promise<TagOutcome> => {
    const faults = actorFaults(actor);
    if (faults.length > 0) return refuse(invalid(null, faults));
    for (let attempt = 1; ; attempt += 1) {
      const current = await catalogue();
      const decision = decide(current);
      if (!decision.ok) return decision;
      const { code, version, event } = decision.value;
      if (event === null) return accept(unchanged(current, code, version));
      const revision = current.tags.get(code)?.revision;
      const expected = revision === undefined ? "noStream" : { revision };
      const events = [newEvent(event, actor, now())];
      const [outcome] = await append([{ writes: [{ stream: tagStream(code), expected, events }] }]);
      if (outcome?.kind === "appended") {
        const tag = (await catalogue()).tags.get(code);
        if (tag === undefined) throw new Error(`the log has taken an event of tag ${code} but does not give it back`);
        return accept({ kind: kinds[event.type], version, tag, position: outcome.last });
      }
      if (outcome?.kind !== "conflict")
        throw new Error(`the log does not take an event of tag ${code}: ${outcome?.kind}`);
      if (attempt === mostAttempts)
        return refuse({
          kind: "conflict",
          code,
          message: "others change the tag at the same time, again and again; nothing was recorded: try again",
        });
    }
  };

  return {
    draft: async (json, actor) => {
      const parsed = parseDefinition(json, { standards, fields });
      if (!parsed.ok) return refuse(invalid(codeIn(json), parsed.refusal));
      return inTurn(() => carryOut(draftTag(parsed.value), actor));
    },
    publish: (code, version, actor) =>
      inTurn(() =>
        carryOut(current => {
          const decision = publishTag(code, version)(current);
          if (!decision.ok || decision.value.event === null) return decision;
          // Fact types may have changed since it was drafted.
          const { definition } = current.tags.get(decision.value.code)!.versions[version - 1]!;
          const parsed = parseDefinition(printDefinition(definition, standards), { standards, fields });
          return parsed.ok ? decision : refuse(invalid(definition.code, parsed.refusal));
        }, actor),
      ),
    retire: (code, reason, actor) => inTurn(() => carryOut(retireTag(code, reason), actor)),
    catalogue,
  };
}

const kinds: Readonly<Record<TagLifeEvent["type"], TagDone["kind"]>> = {
  "tag-drafted": "drafted",
  "tag-published": "published",
  "tag-retired": "retired",
};

function unchanged({ tags }: TagCatalogue, code: TagCode, version: number): TagDone {
  const tag = tags.get(code)!;
  const { drafted, published, ended } = tag.versions[version - 1]!;
  const { position } = (tag.status === "retired" ? ended : published) ?? drafted;
  return { kind: "unchanged", version, tag, position };
}

/**
 * Ids are random: that a command sent twice does nothing the second time follows from the state it finds, and two at once
 * from the revision they expect.
 */
const newEvent = (event: TagLifeEvent, actor: Actor, at: Instant): NewEvent => ({
  eventId: randomUUID() as EventId,
  type: event.type,
  schemaVersion: 1,
  occurredAt: at,
  actor,
  source: "c360",
  sourceEventId: null,
  correlationId: null,
  causationId: null,
  corrects: null,
  flags: [],
  data: event.data as unknown as JsonObject,
  personal: null,
});

const actorFaults = ({ id }: Actor) =>
  id.trim() !== "" && id.length <= longestActor
    ? []
    : [{ field: "actor.id", code: "malformed", message: `says who does this, in 1 to ${longestActor} characters` }];

function codeIn(json: unknown): string | null {
  const code = typeof json === "object" && json !== null ? (json as { readonly code?: unknown }).code : null;
  return typeof code === "string" ? code.slice(0, 100) : null;
}
