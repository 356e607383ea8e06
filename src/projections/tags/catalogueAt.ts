import type { Position } from "../../domain/event.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagCatalogue, TagState, TagStatus, VersionRecord } from "../../domain/tag/tagCatalogue.ts";

/** The catalogue as it was known at an earlier position. */
export function catalogueAt(catalogue: TagCatalogue, position: Position): TagCatalogue {
  if (position >= catalogue.position) return catalogue;
  const tags = new Map<TagCode, TagState>();
  for (const [code, state] of catalogue.tags) {
    const versions = state.versions.filter(({ drafted }) => drafted.position <= position).map(known(position));
    if (versions.length === 0) continue;
    const refreshes = state.refreshes.filter(refresh => refresh.position <= position);
    tags.set(code, { ...state, versions, refreshes, status: statusOf(versions) });
  }
  return { position, tags };
}

const known =
  (position: Position) =>
  (version: VersionRecord): VersionRecord => ({
    ...version,
    published: version.published !== null && version.published.position <= position ? version.published : null,
    ended: version.ended !== null && version.ended.position <= position ? version.ended : null,
  });

function statusOf(versions: readonly VersionRecord[]): TagStatus {
  if (versions.some(({ published, ended }) => published !== null && ended === null)) return "published";
  return versions.at(-1)!.ended === null ? "draft" : "retired";
}
