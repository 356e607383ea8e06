import { nearestName } from "../../definition/nearestName.ts";
import type { Fault } from "../../fault.ts";
import { formatInstant, type Instant } from "../../instant.ts";
import { type SegmentReference, segmentReferences } from "../references.ts";
import type { Rule } from "../rule.ts";
import type { SegmentDefinition, SegmentId } from "../segment.ts";
import type { SegmentCatalogue, SegmentState } from "../segmentCatalogue.ts";
import { standingVersion } from "../segmentGraph.ts";

/** Segments may be made of segments that are made of segments … this often. */
export const longestSegmentChain = 50;
/** Looking for what was meant takes a look at every segment: done for so many names that are not known. */
const mostSuggestions = 20;

/**
 * Holds what a rule says of other segments against those there are: they stand, and snapshots of them lie between their
 * beginning and `now`. For a rule by itself, as previews ask for it. Empty where all is well.
 */
export function checkSegments(rule: Rule, catalogue: SegmentCatalogue, now: Instant, path = "rule"): readonly Fault[] {
  const { segments } = segmentReferences(rule, path);
  let unknown = 0;
  return segments.flatMap(reference => {
    const state = catalogue.segments.get(reference.id);
    if (state === undefined) {
      unknown += 1;
      return [unknownSegment(reference, unknown > mostSuggestions ? [] : catalogue.segments.keys())];
    }
    return reference.at === null ? standingFault(reference, state) : snapshotFault(reference, reference.at, state, now);
  });
}

/** The same for a definition, which must not be made of itself, by whatever way round. */
export function checkSegment(
  definition: SegmentDefinition,
  catalogue: SegmentCatalogue,
  now: Instant,
): readonly Fault[] {
  const cycle = cycleFault(definition, catalogue);
  const faults = checkSegments(definition.rule, catalogue, now);
  if (cycle === null) return faults;
  // That a first draft is not there yet to name itself needs no saying beside the circle.
  return [...faults.filter(({ field }) => field !== cycle.field), cycle];
}

function unknownSegment({ id, path }: SegmentReference, known: Iterable<string>): Fault {
  const near = nearestName(id, known);
  const message = `there is no segment ${id}: ${near === null ? "" : `did you mean ${near}? Else `}define it first`;
  return { field: pathOfId(path), code: "unknown-segment", message };
}

const pathOfId = (path: string): string => (path.endsWith(".snapshot") ? `${path}.segment` : path);

function standingFault({ id, path }: SegmentReference, { status }: SegmentState): Fault[] {
  if (status === "archived")
    return [{ field: path, code: "archived-segment", message: `${id} is archived: name another segment` }];
  if (status === "published") return [];
  return [{ field: path, code: "unpublished-segment", message: `${id} is only a draft: publish it first` }];
}

function snapshotFault({ id, path }: SegmentReference, at: Instant, state: SegmentState, now: Instant): Fault[] {
  const begun = state.versions.find(({ published }) => published !== null)?.published?.at;
  if (begun === undefined) {
    const message = `${id} was never published, so that it has no members to take a snapshot of`;
    return [{ field: `${path}.segment`, code: "unpublished-segment", message }];
  }
  const ended = state.status === "archived" ? (state.versions.at(-1)?.ended?.at ?? null) : null;
  const field = `${path}.at`;
  if (at > now)
    return [{ field, code: "in-the-future", message: `is after now, ${formatInstant(now)}: nobody is a member yet` }];
  if (at < begun)
    return [
      {
        field,
        code: "before-segment",
        message: `is before ${id} was published for the first time, ${formatInstant(begun)}`,
      },
    ];
  if (ended === null || at <= ended) return [];
  return [{ field, code: "after-segment", message: `is after ${id} was archived, ${formatInstant(ended)}` }];
}

/** Follows what the definition is made of; names the way round when it leads back. */
function cycleFault(definition: SegmentDefinition, catalogue: SegmentCatalogue): Fault | null {
  const partsOf = (id: SegmentId): readonly SegmentReference[] => {
    const state = catalogue.segments.get(id);
    const rule = id === definition.id ? definition.rule : state && standingVersion(state)?.definition.rule;
    return rule === undefined ? [] : segmentReferences(rule).segments.filter(({ at }) => at === null);
  };
  const lengths = new Map<SegmentId, number>();
  const way: SegmentId[] = [];
  /** Length of the longest chain below; null when it leads back to the definition. */
  const follow = (id: SegmentId): number | null => {
    if (way.length > 0 && id === definition.id) return null;
    const known = lengths.get(id);
    if (known !== undefined || way.length > longestSegmentChain) return known ?? 1;
    way.push(id);
    let longest = 0;
    for (const part of partsOf(id)) {
      const length = follow(part.id);
      if (length === null) return null;
      longest = Math.max(longest, length);
    }
    way.pop();
    lengths.set(id, longest + 1);
    return longest + 1;
  };
  const length = follow(definition.id);
  if (length === null) {
    const first = partsOf(definition.id).find(({ id }) => id === (way[1] ?? definition.id));
    const message = `goes round in a circle: ${[...way, definition.id].join(" → ")}`;
    return { field: first?.path ?? "rule", code: "cycle", message };
  }
  if (length <= longestSegmentChain) return null;
  const message = `segments are made of each other more than ${longestSegmentChain} deep`;
  return { field: "rule", code: "too-deep", message };
}
