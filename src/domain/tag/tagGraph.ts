import type { Position } from "../event.ts";
import type { TagCode, TagVersion } from "./definition.ts";
import { factTypesOf } from "./factTypesOf.ts";
import { isInForce } from "./foldTagEvent.ts";
import { inputsOf } from "./references.ts";
import type { TagCatalogue, TagState, TagStatus, VersionRecord } from "./tagCatalogue.ts";

/** The version whose values are the tag's from that position of the log on: published, and not yet replaced or retired. */
export function inForceAt({ versions }: TagState, position: Position): VersionRecord | null {
  return (
    versions.findLast(
      ({ published, ended }) =>
        published !== null && published.position <= position && (ended === null || ended.position > position),
    ) ?? null
  );
}

export const inForce = (state: TagState): VersionRecord | null => state.versions.findLast(isInForce) ?? null;

/** All definitions in force, by default now; in order of their codes. */
export function definitionsInForce(
  { tags, position: now }: TagCatalogue,
  position: Position = now,
): readonly TagVersion[] {
  const found: TagVersion[] = [];
  for (const state of tags.values()) {
    const version = inForceAt(state, position);
    if (version !== null) found.push({ code: state.code, version: version.version, definition: version.definition });
  }
  return found.sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function countInForce({ tags }: TagCatalogue): number {
  let count = 0;
  for (const state of tags.values()) if (inForce(state) !== null) count += 1;
  return count;
}

/** The version that speaks for a tag on its page: in force, else the newest. */
export const shownVersion = (state: TagState): VersionRecord | null => inForce(state) ?? state.versions.at(-1) ?? null;

/** Tags that the version in force, else the newest one, names. */
export function dependencies({ tags }: TagCatalogue, code: TagCode): readonly TagCode[] {
  const state = tags.get(code);
  const version = state === undefined ? null : shownVersion(state);
  return version === null ? [] : inputsOf(version.definition.rule);
}

/** Tags in force that name this one; in order of their codes. */
export const dependents = (catalogue: TagCatalogue, code: TagCode): readonly TagVersion[] =>
  definitionsInForce(catalogue).filter(({ definition }) => inputsOf(definition.rule).includes(code));

/** Tags in force that are computed from this one, directly or not; in order of their codes. */
export function allDependents(catalogue: TagCatalogue, code: TagCode): readonly TagVersion[] {
  const versions = definitionsInForce(catalogue);
  const byInput = new Map<TagCode, TagVersion[]>();
  for (const version of versions)
    for (const input of inputsOf(version.definition.rule)) byInput.set(input, [...(byInput.get(input) ?? []), version]);
  const reached = new Set<TagCode>();
  const next = [code];
  for (let at = next.pop(); at !== undefined; at = next.pop())
    for (const { code: dependent } of byInput.get(at) ?? [])
      if (dependent !== code && !reached.has(dependent)) {
        reached.add(dependent);
        next.push(dependent);
      }
  return versions.filter(version => reached.has(version.code));
}

export type LineageNode =
  | { readonly kind: "tag"; readonly code: TagCode; readonly name: string; readonly status: TagStatus }
  | { readonly kind: "factType"; readonly type: string };
/** `from` goes into `to`; both are indexes into `nodes`. */
export type Lineage = {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
};

/** What a tag is computed from, down to the fact types, and what is computed from it. The first node is the tag itself. */
export function lineage(catalogue: TagCatalogue, code: TagCode): Lineage {
  const nodes: LineageNode[] = [];
  const indexes = new Map<string, number>();
  const edges = new Map<string, { readonly from: number; readonly to: number }>();
  const indexOf = (key: string, node: LineageNode): number => {
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, nodes.length);
    return nodes.push(node) - 1;
  };
  const tagIndex = (tag: TagCode): number => {
    const state = catalogue.tags.get(tag);
    const name = state === undefined ? tag : (shownVersion(state)?.definition.name ?? tag);
    return indexOf(`tag ${tag}`, { kind: "tag", code: tag, name, status: state?.status ?? "draft" });
  };
  const join = (from: number, to: number): void => {
    edges.set(`${from} ${to}`, { from, to });
  };
  const upFrom = (tag: TagCode): void => {
    const to = tagIndex(tag);
    const state = catalogue.tags.get(tag);
    const rule = state === undefined ? undefined : shownVersion(state)?.definition.rule;
    if (rule === undefined) return;
    for (const type of factTypesOf(rule)) join(indexOf(`fact ${type}`, { kind: "factType", type }), to);
    for (const input of inputsOf(rule)) {
      const isNew = !indexes.has(`tag ${input}`);
      join(tagIndex(input), to);
      if (isNew) upFrom(input);
    }
  };
  upFrom(code);
  const below = new Set<TagCode>([code, ...allDependents(catalogue, code).map(version => version.code)]);
  for (const { code: dependent, definition } of allDependents(catalogue, code))
    for (const input of inputsOf(definition.rule)) if (below.has(input)) join(tagIndex(input), tagIndex(dependent));
  return { nodes, edges: [...edges.values()] };
}
