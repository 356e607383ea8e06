import type { TagCode } from "../../../domain/tag/definition.ts";
import { type Reference, referencesOf } from "../../../domain/tag/references.ts";
import type { TagCatalogue, TagState } from "../../../domain/tag/tagCatalogue.ts";
import { type TagNode, tagNode } from "../tagNode.ts";
import { factTypesOf } from "./factTypesOf.ts";

export type LineageNode =
  | { readonly id: string; readonly kind: "tag"; readonly label: string; readonly tag: TagNode }
  | { readonly id: string; readonly kind: "factType"; readonly label: string; readonly tag: null };
/** From what is looked at to what looks at it. */
export type LineageEdge = { readonly from: string; readonly to: string; readonly of: Reference["of"] };
export type Lineage = { readonly nodes: readonly LineageNode[]; readonly edges: readonly LineageEdge[] };

export type Direction = "up" | "down" | "both";

/** What a tag is made of, down to fact types, and what is made of it, each by the version that is shown. */
export function lineageOf(code: TagCode, { tags }: TagCatalogue, direction: Direction): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  const addTag = (state: TagState): TagNode => {
    const tag = tagNode(state);
    const id = tagId(tag.code);
    if (!nodes.has(id)) nodes.set(id, { id, kind: "tag", label: tag.name, tag });
    return tag;
  };
  const addEdge = (edge: LineageEdge): void => void edges.set(`${edge.from}>${edge.to}`, edge);

  const climb = (state: TagState, seen: Set<TagCode>): void => {
    if (seen.has(state.code)) return;
    seen.add(state.code);
    const { rule } = addTag(state).shown.definition;
    for (const type of factTypesOf(rule)) {
      const id = `factType:${type}`;
      nodes.set(id, { id, kind: "factType", label: type, tag: null });
      addEdge({ from: id, to: tagId(state.code), of: rule.kind === "relation" ? "related" : "own" });
    }
    for (const { code: input, of } of referencesOf(rule)) {
      const inputState = tags.get(input);
      if (inputState === undefined) continue;
      addEdge({ from: tagId(input), to: tagId(state.code), of });
      climb(inputState, seen);
    }
  };
  const descend = (state: TagState, seen: Set<TagCode>): void => {
    if (seen.has(state.code)) return;
    seen.add(state.code);
    addTag(state);
    for (const dependent of users.get(state.code) ?? []) {
      addEdge({ from: tagId(state.code), to: tagId(dependent.state.code), of: dependent.of });
      descend(dependent.state, seen);
    }
  };
  const start = tags.get(code);
  const users = direction === "up" ? new Map<TagCode, Dependent[]>() : dependentsIn(tags.values());
  if (start !== undefined && direction !== "down") climb(start, new Set());
  if (start !== undefined && direction !== "up") descend(start, new Set());
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

const tagId = (code: TagCode): string => `tag:${code}`;

type Dependent = { readonly state: TagState; readonly of: Reference["of"] };

/** Of each tag those that name it, retired ones aside. */
function dependentsIn(states: Iterable<TagState>): Map<TagCode, Dependent[]> {
  const users = new Map<TagCode, Dependent[]>();
  for (const state of states) {
    if (state.status === "retired") continue;
    for (const { code, of } of referencesOf(tagNode(state).shown.definition.rule)) {
      const known = users.get(code);
      if (known === undefined) users.set(code, [{ state, of }]);
      else if (!known.some(other => other.state === state)) known.push({ state, of });
    }
  }
  return users;
}
