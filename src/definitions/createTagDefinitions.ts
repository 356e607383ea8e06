import type { Actor } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest, LogReader } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import { accept, refuse } from "../domain/result.ts";
import { draftTag, invalid, publishTag, retireTag, type TagDecision, type TagLifeEvent } from "../domain/tag/decide.ts";
import { TagCode, tagStream } from "../domain/tag/definition.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import { parseDefinition } from "../domain/tag/parse/parseDefinition.ts";
import { printDefinition } from "../domain/tag/print/printDefinition.ts";
import type { TagRefusal } from "../domain/tag/refusal.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue, TagState } from "../domain/tag/tagCatalogue.ts";
import { noUses, type TagUses } from "../domain/tag/tagUses.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";
import { type CarryOutParts, carryOut } from "./carryOut.ts";
import { createTagCatalogueReader } from "./tagCatalogueReader.ts";
import type { TagDefinitions, TagDone, TagOutcome } from "./tagDefinitions.ts";

export type TagDefinitionParts = {
  readonly log: Pick<LogReader, "head" | "read">;
  /** The log's writer, wherever it runs. Rejects with IntakeTimeout when it gives no answer. */
  readonly append: (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
  readonly fields: FactFields;
  readonly standards: Standards;
  readonly now: () => Instant;
  /** What asks for tags beside other tags, as the log has it now; default: nothing does. */
  readonly uses?: (tags: TagCatalogue) => Promise<TagUses>;
  /** Shared with the doors of all that `uses` tells of, so that nothing begins to use a tag while it is retired. */
  readonly inTurn?: ReturnType<typeof oneAtATime>;
};

export function createTagDefinitions(parts: TagDefinitionParts): TagDefinitions {
  const { log, append, fields, standards, now, uses = async () => noUses, inTurn = oneAtATime() } = parts;
  const catalogue = createTagCatalogueReader(log);
  const recording: CarryOutParts<TagCatalogue, TagRefusal> = {
    ...{ catalogue, append, now },
    revisionOf: ({ tags }, stream) => tags.get(codeOf(stream))?.revision,
    invalid: faults => invalid(null, faults),
    conflict: stream => ({
      kind: "conflict",
      code: codeOf(stream),
      message: "others change the tag at the same time, again and again; nothing was recorded: try again",
    }),
  };
  type Decide = (catalogue: TagCatalogue, uses: TagUses) => TagDecision;

  const run = async (decide: Decide, actor: Actor): Promise<TagOutcome> => {
    const decided = async (current: TagCatalogue) => {
      const decision = decide(current, await uses(current));
      if (!decision.ok) return decision;
      const { code, version, event } = decision.value;
      return accept({ stream: tagStream(code), version, event });
    };
    const outcome = await carryOut<TagCatalogue, TagLifeEvent, TagRefusal>(decided, actor, recording);
    if (!outcome.ok) return outcome;
    const { stream, version, event, position, catalogue: after } = outcome.value;
    const tag = after.tags.get(codeOf(stream))!;
    if (event === null || position === null) return accept(unchanged(tag, version));
    return accept({ kind: kinds[event.type], version, tag, position });
  };

  return {
    draft: async (json, actor) => {
      const parsed = parseDefinition(json, { standards, fields });
      if (!parsed.ok) return refuse(invalid(codeIn(json), parsed.refusal));
      return inTurn(() => run(draftTag(parsed.value), actor));
    },
    publish: (code, version, actor) =>
      inTurn(() =>
        run((current, usesNow) => {
          const decision = publishTag(code, version, usesNow)(current);
          if (!decision.ok || decision.value.event === null) return decision;
          // Fact types may have changed since it was drafted.
          const { definition } = current.tags.get(decision.value.code)!.versions[version - 1]!;
          const parsed = parseDefinition(printDefinition(definition, standards), { standards, fields });
          return parsed.ok ? decision : refuse(invalid(definition.code, parsed.refusal));
        }, actor),
      ),
    retire: (code, reason, actor) =>
      inTurn(() => run((current, usesNow) => retireTag(code, reason, usesNow)(current), actor)),
    catalogue,
  };
}

const codeOf = (stream: string): TagCode => TagCode.parse(stream.slice("tag-".length))!;

const kinds: Readonly<Record<TagLifeEvent["type"], TagDone["kind"]>> = {
  "tag-drafted": "drafted",
  "tag-published": "published",
  "tag-retired": "retired",
};

function unchanged(tag: TagState, version: number): TagDone {
  const { drafted, published, ended } = tag.versions[version - 1]!;
  const { position } = (tag.status === "retired" ? ended : published) ?? drafted;
  return { kind: "unchanged", version, tag, position };
}

function codeIn(json: unknown): string | null {
  const code = typeof json === "object" && json !== null ? (json as { readonly code?: unknown }).code : null;
  return typeof code === "string" ? code.slice(0, 100) : null;
}
