import type { RecordedEvent } from "../event.ts";
import type { SegmentEvent } from "./events.ts";
import { SegmentId } from "./segment.ts";
import type { SegmentCatalogue, SegmentState, SegmentVersionRecord } from "./segmentCatalogue.ts";
import { isStanding } from "./segmentGraph.ts";

export const emptySegmentCatalogue: SegmentCatalogue = { position: 0, segments: new Map() };

/** Types of the events that segments' own streams hold: all that the catalogue is folded from. */
export const segmentEventTypes: readonly SegmentEvent["type"][] = [
  "segment-drafted",
  "segment-published",
  "segment-archived",
];
const known: ReadonlySet<string> = new Set(segmentEventTypes);

/** Takes one event of the log, in order. */
export const foldSegmentEvent = (catalogue: SegmentCatalogue, event: RecordedEvent): SegmentCatalogue =>
  foldSegmentEvents(catalogue, [event]);

/** Takes events of the log, in order; those that are not about segments only move the position. Earlier catalogues stay as they are. */
export function foldSegmentEvents(catalogue: SegmentCatalogue, events: readonly RecordedEvent[]): SegmentCatalogue {
  let { position } = catalogue;
  let copy: Map<SegmentId, SegmentState> | null = null;
  for (const event of events) {
    if (event.position <= position) continue;
    position = event.position;
    const isOurs = known.has(event.type) && event.stream.startsWith("segment-");
    const id = isOurs ? SegmentId.parse(event.stream.slice("segment-".length)) : null;
    if (id === null) continue;
    const state = evolve((copy ?? catalogue.segments).get(id) ?? null, id, event);
    if (state === null) continue;
    copy ??= new Map(catalogue.segments);
    copy.set(id, state);
  }
  return position === catalogue.position ? catalogue : { position, segments: copy ?? catalogue.segments };
}

function evolve(state: SegmentState | null, id: SegmentId, event: RecordedEvent): SegmentState | null {
  const { type, data } = event as unknown as SegmentEvent;
  const { position, recordedAt: at, actor, revision } = event;
  const record = { position, at, actor };
  if (type === "segment-drafted") {
    const version: SegmentVersionRecord = { ...data, drafted: record, published: null, ended: null };
    const status = state?.status === "published" ? "published" : "draft";
    return { id, status, versions: [...(state?.versions ?? []), version], revision };
  }
  if (state === null) return null;
  switch (type) {
    case "segment-published": {
      const versions = state.versions.map(version => {
        if (version.version === data.version) return { ...version, published: record };
        return isStanding(version) ? { ...version, ended: record } : version;
      });
      return { ...state, status: "published", versions, revision };
    }
    case "segment-archived": {
      const versions = state.versions.map(version =>
        version.ended === null ? { ...version, ended: record } : version,
      );
      return { ...state, status: "archived", versions, revision };
    }
  }
}
