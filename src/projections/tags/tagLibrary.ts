import { LRUCache } from "lru-cache";
import type { Position } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import type { TagVersion } from "../../domain/tag/definition.ts";
import type { TagCatalogue, TagState } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise } from "../readModels.ts";
import { catalogueAt } from "./catalogueAt.ts";
import type { TagProgram } from "./evaluation/evaluateTag.ts";
import type { VersionsInUse } from "./versionsInUse.ts";

/** What tags there are at any position, and programs to evaluate them; one for the life of the process. */
export type TagLibrary = {
  /** The catalogue as told by the log up to `position`, which must not lie behind the head. At once while nothing has changed since. */
  readonly at: (position: Position) => MaybePromise<TagCatalogue>;
  /** The program of these definitions, compiled once. Throws where they do not fit each other. */
  readonly program: (versions: VersionsInUse) => TagProgram;
};

type Sources = {
  readonly log: Pick<LogReader, "read" | "head">;
  /** As the log has it now. */
  readonly catalogue: () => Promise<TagCatalogue>;
  readonly compile: (versions: readonly TagVersion[]) => TagProgram;
};

const definitionEvents = ["tag-drafted", "tag-published", "tag-retired", "tag-refreshed"] as const;
/** Programs of definition sets: that of now, and some of the past or with one tag in another version. */
const programsKept = 16;

export function createTagLibrary({ log, catalogue, compile }: Sources): TagLibrary {
  let newest: TagCatalogue = { position: 0, tags: new Map() };
  let changedAt: Position = 0;
  /** No definition changed after `changedAt` up to here. */
  let knownTo: Position = 0;

  const learn = async (position: Position): Promise<TagCatalogue> => {
    const after = knownTo;
    const news = await log.read({ types: definitionEvents, after, before: position + 1, limit: 1 });
    if (news.length > 0) {
      const head = await log.head();
      const latest = await catalogue();
      if (latest.position >= newest.position) {
        newest = latest;
        changedAt = lastChange(latest);
      }
      knownTo = Math.max(knownTo, head, latest.position);
    } else knownTo = Math.max(knownTo, position);
    return asOf(position);
  };
  const asOf = (position: Position): TagCatalogue => (position >= changedAt ? newest : past(newest, position));

  const programs = new LRUCache<string, TagProgram>({ max: programsKept });
  const byVersions = new WeakMap<VersionsInUse, TagProgram>();
  return {
    at: position => (position <= knownTo ? asOf(position) : learn(position)),
    program: versions => {
      let program = byVersions.get(versions);
      if (program !== undefined) return program;
      const list = [...versions.values()].map(({ definition, version }) => ({
        code: definition.code,
        version,
        definition,
      }));
      const key = list.map(({ code, version }) => `${code}@${version}`).join();
      program = programs.get(key) ?? compile(list);
      programs.set(key, program);
      byVersions.set(versions, program);
      return program;
    },
  };
}

const pasts = new WeakMap<TagCatalogue, LRUCache<Position, TagCatalogue>>();

function past(catalogue: TagCatalogue, position: Position): TagCatalogue {
  let known = pasts.get(catalogue);
  if (known === undefined) {
    known = new LRUCache({ max: 8 });
    pasts.set(catalogue, known);
  }
  const found = known.get(position) ?? catalogueAt(catalogue, position);
  known.set(position, found);
  return found;
}

const changesOf = ({ versions, refreshes }: TagState): readonly Position[] => [
  ...versions.flatMap(({ drafted, published, ended }) => [drafted, published, ended].map(step => step?.position ?? 0)),
  ...refreshes.map(({ position }) => position),
];

function lastChange({ tags }: TagCatalogue): Position {
  let last = 0;
  for (const state of tags.values()) for (const position of changesOf(state)) if (position > last) last = position;
  return last;
}
