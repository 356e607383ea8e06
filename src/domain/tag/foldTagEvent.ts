import type { Position, RecordedEvent } from "../event.ts";
import type { Instant } from "../instant.ts";
import { TagCode } from "./definition.ts";
import type { TagEvent } from "./events.ts";
import type { TagCatalogue, TagState, VersionRecord } from "./tagCatalogue.ts";

export const emptyCatalogue: TagCatalogue = { position: 0, tags: new Map() };

/** Types of the events that tags' own streams hold: all that the catalogue is folded from. */
export const tagEventTypes: readonly TagEvent["type"][] = [
  "tag-drafted",
  "tag-published",
  "tag-retired",
  "tag-assignment-proposed",
  "tag-assignment-approved",
  "tag-assignment-rejected",
  "tag-refreshed",
];
const known: ReadonlySet<string> = new Set(tagEventTypes);

/** Takes one event of the log, in order; those that are not about definitions only move the position. */
export const foldTagEvent = (catalogue: TagCatalogue, event: RecordedEvent): TagCatalogue =>
  foldTagEvents(catalogue, [event]);

/** Takes events of the log, in order. Earlier catalogues stay as they are. */
export function foldTagEvents(catalogue: TagCatalogue, events: readonly RecordedEvent[]): TagCatalogue {
  let { position } = catalogue;
  let copy: Map<TagCode, TagState> | null = null;
  for (const event of events) {
    if (event.position <= position) continue;
    position = event.position;
    const code = known.has(event.type) && event.stream.startsWith("tag-") ? TagCode.parse(event.stream.slice(4)) : null;
    if (code === null) continue;
    const state = evolve((copy ?? catalogue.tags).get(code) ?? null, code, event);
    if (state === null) continue;
    copy ??= new Map(catalogue.tags);
    copy.set(code, state);
  }
  return position === catalogue.position ? catalogue : { position, tags: copy ?? catalogue.tags };
}

function evolve(state: TagState | null, code: TagCode, event: RecordedEvent): TagState | null {
  const { type, data } = event as unknown as TagEvent;
  const { position, recordedAt: at, actor, revision } = event;
  const record = { position, at, actor };
  if (type === "tag-drafted") {
    const version: VersionRecord = { ...data, drafted: record, published: null, ended: null };
    const versions = [...(state?.versions ?? []), version];
    const status = state?.status === "published" ? "published" : "draft";
    return { code, status, versions, revision, refreshes: state?.refreshes ?? [] };
  }
  if (state === null) return null;
  switch (type) {
    case "tag-published": {
      const versions = state.versions.map(version => {
        if (version.version === data.version) return { ...version, published: record };
        return isInForce(version) ? { ...version, ended: record } : version;
      });
      return { ...state, status: "published", versions, revision };
    }
    case "tag-retired": {
      const versions = state.versions.map(version =>
        version.ended === null ? { ...version, ended: record } : version,
      );
      return { ...state, status: "retired", versions, revision };
    }
    case "tag-refreshed": {
      const refresh: { readonly position: Position; readonly asOf: Instant } = { position, asOf: data.asOf };
      return { ...state, refreshes: [...state.refreshes, refresh], revision };
    }
    default:
      return { ...state, revision };
  }
}

export const isInForce = ({ published, ended }: VersionRecord): boolean => published !== null && ended === null;
