import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagCatalogue } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { TagFill } from "../../projections/tags/storedTags.ts";
import { type VersionsInUse, versionsInUse } from "../../projections/tags/versionsInUse.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";

/** The tags as one answer sees them: at its position. */
export type TagSession = {
  readonly catalogue: TagCatalogue;
  readonly fills: readonly TagFill[];
  /** Whose values are shown. */
  readonly inUse: VersionsInUse;
};

const ofRequest = new WeakMap<RequestContext, MaybePromise<TagSession>>();

/** Looked up once for each request. */
export function tagSession(context: RequestContext): MaybePromise<TagSession> {
  let found = ofRequest.get(context);
  if (found === undefined) {
    const session = context.session();
    found = whenReady(context.backend.tags.at(session.position), catalogue =>
      whenReady(session.tagFills(), fills => ({ catalogue, fills, inUse: inUseOf(catalogue, fills) })),
    );
    ofRequest.set(context, found);
  }
  return found;
}

/** Kept as long as nothing changes, so that the program made of it is found at once. */
const memory = new WeakMap<TagCatalogue, { readonly key: string; readonly inUse: VersionsInUse }>();

function inUseOf(catalogue: TagCatalogue, fills: readonly TagFill[]): VersionsInUse {
  const key = fills.map(({ code, version, filled }) => (filled ? `${code}@${version}` : "")).join();
  const known = memory.get(catalogue);
  if (known?.key === key) return known.inUse;
  const inUse = versionsInUse(catalogue, fills);
  memory.set(catalogue, { key, inUse });
  return inUse;
}

/** The newest fill of a version; null where it was never published, or nothing has been told of it yet. */
export const fillOf = (fills: readonly TagFill[], code: TagCode, version: number): TagFill | null =>
  fills.findLast(fill => fill.code === code && fill.version === version) ?? null;
