import { conditionNamed, isCondition } from "../../../domain/segment/conditions.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import { inputsOf } from "../../../domain/tag/references.ts";
import type { TagCatalogue } from "../../../domain/tag/tagCatalogue.ts";
import { publishedVersions } from "./layout.ts";

type Parts = {
  readonly catalogue: () => TagCatalogue;
  readonly conditions: () => readonly TagVersion[];
  /** These and no others, where given. */
  readonly inForce: readonly Pick<TagVersion, "code" | "version">[] | undefined;
};

/** The versions to be kept up to date; the same list as long as nothing changes. */
export function createWantedVersions({ catalogue, conditions, inForce }: Parts): () => readonly TagVersion[] {
  let known: {
    readonly tags: TagCatalogue["tags"];
    readonly conditions: readonly TagVersion[];
    readonly versions: readonly TagVersion[];
  } | null = null;

  return () => {
    const { tags } = catalogue();
    const asked = conditions();
    if (known?.tags !== tags || known.conditions !== asked)
      known = {
        tags,
        conditions: asked,
        versions: inForce?.map(one => named(one, catalogue())) ?? both(catalogue(), asked),
      };
    return known.versions;
  };
}

function named({ code, version }: Pick<TagVersion, "code" | "version">, { tags }: TagCatalogue): TagVersion {
  if (isCondition(code)) return conditionNamed(code);
  const record = tags.get(code)?.versions.find(candidate => candidate.version === version);
  if (record === undefined) throw new Error(`the log has no version ${version} of tag "${code}"`);
  return { code, version, definition: record.definition };
}

/** Conditions on a tag that is not in force cannot be kept; they are those of drafts. */
function both(catalogue: TagCatalogue, conditions: readonly TagVersion[]): readonly TagVersion[] {
  const published = publishedVersions(catalogue);
  const there = new Set<TagCode>(published.map(({ code }) => code));
  let rest = conditions;
  for (let before = -1; before !== rest.length; ) {
    before = rest.length;
    const codes = new Set([...there, ...rest.map(({ code }) => code)]);
    rest = rest.filter(({ definition }) => inputsOf(definition.rule).every(input => codes.has(input)));
  }
  return [...published, ...[...rest].sort((a, b) => (a.code < b.code ? -1 : 1))];
}
