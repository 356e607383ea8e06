import type { Actor } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest, LogReader } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import { accept, refuse } from "../domain/result.ts";
import {
  archiveSegment,
  draftSegment,
  invalidSegment,
  publishSegment,
  type SegmentDecision,
} from "../domain/segment/decide.ts";
import type { SegmentEvent } from "../domain/segment/events.ts";
import { parseSegment } from "../domain/segment/parse/parseSegment.ts";
import type { RuleSurroundings } from "../domain/segment/parse/ruleReading.ts";
import type { SegmentRefusal } from "../domain/segment/refusal.ts";
import { SegmentId, segmentStream } from "../domain/segment/segment.ts";
import type { SegmentCatalogue, SegmentState } from "../domain/segment/segmentCatalogue.ts";
import { noSegmentUses, type SegmentUses } from "../domain/segment/segmentUses.ts";
import { referableIn } from "../domain/tag/check/referable.ts";
import type { FactFields } from "../domain/tag/factFields.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";
import { type CarryOutParts, carryOut } from "./carryOut.ts";
import { createSegmentCatalogueReader } from "./segmentCatalogueReader.ts";
import type { SegmentDefinitions, SegmentDone, SegmentOutcome } from "./segmentDefinitions.ts";

export type SegmentDefinitionParts = {
  readonly log: Pick<LogReader, "head" | "read">;
  /** The log's writer, wherever it runs. Rejects with IntakeTimeout when it gives no answer. */
  readonly append: (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
  /** The tags, as the log has them now. */
  readonly tags: () => Promise<TagCatalogue>;
  readonly fields: FactFields;
  readonly standards: Standards;
  readonly now: () => Instant;
  /** What asks for members of segments beside other segments, as the log has it now; default: nothing does. */
  readonly uses?: () => Promise<SegmentUses>;
  /** Shared with the doors for tags and for all that `uses` tells of, so that nothing goes while something begins to ask for it. */
  readonly inTurn?: ReturnType<typeof oneAtATime>;
};

export function createSegmentDefinitions(parts: SegmentDefinitionParts): SegmentDefinitions {
  const { log, append, tags, fields, standards, now, uses = async () => noSegmentUses, inTurn = oneAtATime() } = parts;
  const catalogue = createSegmentCatalogueReader(log);
  const recording: CarryOutParts<SegmentCatalogue, SegmentRefusal> = {
    ...{ catalogue, append, now },
    revisionOf: ({ segments }, stream) => segments.get(idOf(stream))?.revision,
    invalid: faults => invalidSegment(null, faults),
    conflict: stream => ({
      kind: "conflict",
      id: idOf(stream),
      message: "others change the segment at the same time, again and again; nothing was recorded: try again",
    }),
  };
  const surroundings = async (): Promise<RuleSurroundings> => ({
    ...{ standards, fields, tag: referableIn(await tags(), "published") },
  });
  type Decide = (catalogue: SegmentCatalogue, surroundings: RuleSurroundings, uses: SegmentUses) => SegmentDecision;

  const run = async (decide: Decide, actor: Actor): Promise<SegmentOutcome> => {
    const decided = async (current: SegmentCatalogue) => {
      const decision = decide(current, await surroundings(), await uses());
      if (!decision.ok) return decision;
      const { id, version, event } = decision.value;
      return accept({ stream: segmentStream(id), version, event });
    };
    const outcome = await carryOut<SegmentCatalogue, SegmentEvent, SegmentRefusal>(decided, actor, recording);
    if (!outcome.ok) return outcome;
    const { stream, version, event, position, catalogue: after } = outcome.value;
    const segment = after.segments.get(idOf(stream))!;
    if (event === null || position === null) return accept(unchanged(segment, version));
    return accept({ kind: kinds[event.type], version, segment, position });
  };

  return {
    draft: (json, actor) =>
      inTurn(() =>
        run((current, around) => {
          const parsed = parseSegment(json, around);
          if (!parsed.ok) return refuse(invalidSegment(idIn(json), parsed.refusal));
          return draftSegment(parsed.value, now())(current);
        }, actor),
      ),
    publish: (id, version, actor) =>
      inTurn(() => run((current, around) => publishSegment(id, version, around, now())(current), actor)),
    archive: (id, reason, actor) =>
      inTurn(() => run((current, _, usesNow) => archiveSegment(id, reason, usesNow)(current), actor)),
    catalogue,
  };
}

const idOf = (stream: string): SegmentId => SegmentId.parse(stream.slice("segment-".length))!;

const kinds: Readonly<Record<SegmentEvent["type"], SegmentDone["kind"]>> = {
  "segment-drafted": "drafted",
  "segment-published": "published",
  "segment-archived": "archived",
};

function unchanged(segment: SegmentState, version: number): SegmentDone {
  const { drafted, published, ended } = segment.versions[version - 1]!;
  const { position } = (segment.status === "archived" ? ended : published) ?? drafted;
  return { kind: "unchanged", version, segment, position };
}

function idIn(json: unknown): string | null {
  const id = typeof json === "object" && json !== null ? (json as { readonly id?: unknown }).id : null;
  return typeof id === "string" ? id.slice(0, 100) : null;
}
