import { faultsInWords } from "../definition/faultsInWords.ts";
import { firstNames } from "../definition/firstNames.ts";
import { reasonFaults } from "../definition/reasonFaults.ts";
import type { Fault } from "../fault.ts";
import type { Instant } from "../instant.ts";
import { accept, type Result, refuse } from "../result.ts";
import { sameDefinition } from "../tag/sameDefinition.ts";
import { checkSegment } from "./check/checkSegments.ts";
import { rereadFaults } from "./check/reread.ts";
import type { SegmentEvent } from "./events.ts";
import type { RuleSurroundings } from "./parse/ruleReading.ts";
import type { SegmentRefusal } from "./refusal.ts";
import { type SegmentDefinition, SegmentId } from "./segment.ts";
import type { SegmentCatalogue, SegmentState, SegmentVersionRecord } from "./segmentCatalogue.ts";
import { countStanding, dependentSegments, isStanding, shownSegmentVersion, standingVersion } from "./segmentGraph.ts";
import { noSegmentUses, type SegmentUses } from "./segmentUses.ts";

/** Segments that can be published at a time; each is looked at whenever a value that it asks for changes. */
export const mostPublished = 2_000;
/** Segments that can be at all, drafts and archived ones included. */
export const mostSegments = 10_000;

/** What is to be recorded on the segment's stream; null when all is already as asked. */
export type SegmentDecision = Result<
  { readonly id: SegmentId; readonly version: number; readonly event: SegmentEvent | null },
  SegmentRefusal
>;
type Decide = (catalogue: SegmentCatalogue) => SegmentDecision;

/** A new draft; the segments that it names are published. The same definition as the newest version's changes nothing. */
export const draftSegment =
  (definition: SegmentDefinition, now: Instant): Decide =>
  catalogue => {
    const { id } = definition;
    const state = catalogue.segments.get(id);
    if (state?.status === "archived")
      return refuse({ kind: "wrongStatus", id, message: `${id} is archived for good: choose another id` });
    const newest = state?.versions.at(-1);
    if (newest !== undefined && sameDefinition(newest.definition, definition))
      return accept({ id, version: newest.version, event: null });
    if (state === undefined && catalogue.segments.size >= mostSegments)
      return refuse(tooMany(mostSegments, "there are"));
    const faults = checkSegment(definition, catalogue, now);
    if (faults.length > 0) return refuse(invalidSegment(id, faults));
    const version = (newest?.version ?? 0) + 1;
    return accept({ id, version, event: { type: "segment-drafted", data: { version, definition } } });
  };

/** Puts the newest version in force, in place of the one before, if it still makes sense. */
export const publishSegment =
  (raw: string, version: number, surroundings: RuleSurroundings, now: Instant): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const record = state.versions.find(candidate => candidate.version === version);
    if (record === undefined) {
      const message = `${id} has no version ${version}; the newest is ${state.versions.length}`;
      return refuse({ kind: "unknownVersion", id, version, message });
    }
    if (isStanding(record)) return accept({ id, version, event: null });
    const wrong = whyNotPublishable(state, record);
    if (wrong !== null) return refuse({ kind: "wrongStatus", id, message: wrong });
    if (standingVersion(state) === null && countStanding(catalogue) >= mostPublished)
      return refuse(tooMany(mostPublished, "published are"));
    const { definition } = record;
    const faults = [...rereadFaults(definition.rule, surroundings), ...checkSegment(definition, catalogue, now)];
    if (faults.length > 0) return refuse(invalidSegment(id, faults));
    return accept({ id, version, event: { type: "segment-published", data: { version } } });
  };

/** Ends a segment for good, drafts too. Not while others are made of it or ask for its members. */
export const archiveSegment =
  (raw: string, reason: string, usesOf: SegmentUses = noSegmentUses): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { id, state } = found.value;
    const version = shownSegmentVersion(state)?.version ?? 0;
    if (state.status === "archived") return accept({ id, version, event: null });
    const faults = reasonFaults(reason);
    if (faults.length > 0) return refuse(invalidSegment(id, faults));
    const dependents = dependentSegments(catalogue, id).map(dependent => ({
      ...{ id: dependent.id, version: dependent.version, reason: `is made of members of ${id}` },
    }));
    const uses = usesOf(id);
    const count = dependents.length + uses.length;
    if (count > 0) {
      const one = count === 1;
      const names = firstNames([...dependents.map(dependent => dependent.id), ...uses.map(({ name }) => name)]);
      const how = uses.length > 0 ? `${one ? "asks" : "ask"} for` : `${one ? "is" : "are"} made of`;
      const message = `${names} ${how} members of ${id}: archive or change ${one ? "it" : "them"} first`;
      return refuse({ kind: "dependents", id, dependents, uses, message });
    }
    return accept({ id, version, event: { type: "segment-archived", data: { version, reason } } });
  };

function find(
  { segments }: SegmentCatalogue,
  raw: string,
): Result<{ readonly id: SegmentId; readonly state: SegmentState }, SegmentRefusal> {
  const id = SegmentId.parse(raw);
  const state = id === null ? undefined : segments.get(id);
  if (id !== null && state !== undefined) return accept({ id, state });
  const shown = raw.slice(0, 100);
  return refuse({ kind: "unknownSegment", id: shown, message: `there is no segment "${shown}"` });
}

function whyNotPublishable(
  { id, status, versions }: SegmentState,
  { version, published }: SegmentVersionRecord,
): string | null {
  if (status === "archived") return `${id} is archived for good: choose another id`;
  if (published !== null) return `version ${version} of ${id} was published before: draft it again to go back to it`;
  const newest = versions.at(-1)?.version ?? version;
  return version === newest ? null : `draft ${version} of ${id} was replaced by draft ${newest}`;
}

export const invalidSegment = (id: string | null, faults: readonly Fault[]): SegmentRefusal => ({
  ...{ kind: "invalid", id, faults, message: faultsInWords(faults) },
});

const tooMany = (limit: number, are: string): SegmentRefusal => ({
  kind: "tooMany",
  limit,
  message: `${are} ${limit.toLocaleString("en")} segments already, the most that can be: archive some that nobody uses`,
});
