import type { JsonObject, JsonValue } from "../../domain/json.ts";

/** Whether a field's values are personal: kept sealed, gone after an erasure. `path` is dotted, into the fact's data. */
export type IsPersonal = (factType: string, path: string) => boolean;

type Node = {
  readonly path: string;
  readonly isPersonal: boolean;
  facts: number;
  readonly below: Map<string, Node>;
};

/** How many facts of a type have each field; fields from the fact's root, as faults have them ("data.purpose"). */
export type FieldTally = {
  readonly add: (data: JsonObject) => void;
  readonly counts: () => Iterable<readonly [field: string, facts: number]>;
};

/**
 * Personal fields are left out: once erased they cannot be counted any more, and a count that a rebuild does not reach
 * again is none. Nulls, empty lists and empty objects say nothing, so they are not there.
 */
export function createFieldTally(factType: string, isPersonal: IsPersonal): FieldTally {
  const root: Node = { path: "data", isPersonal: false, facts: 0, below: new Map() };

  const childOf = (node: Node, name: string): Node => {
    let child = node.below.get(name);
    if (child === undefined) {
      const path = `${node.path}.${name}`;
      child = { path, isPersonal: isPersonal(factType, path.slice(inData.length)), facts: 0, below: new Map() };
      node.below.set(name, child);
    }
    return child;
  };

  const count = (node: Node, value: JsonValue | undefined): boolean => {
    if (value === null || value === undefined) return false;
    if (typeof value !== "object") node.facts += 1;
    else if (Array.isArray(value)) {
      if (value.length === 0) return false;
      node.facts += 1;
    } else {
      if (!isMoney(value as JsonObject) && !countMembers(node, value as JsonObject)) return false;
      node.facts += 1;
    }
    return true;
  };

  const countMembers = (node: Node, members: JsonObject): boolean => {
    let any = false;
    for (const name in members) {
      const child = childOf(node, name);
      if (!child.isPersonal && count(child, members[name])) any = true;
    }
    return any;
  };

  return {
    add: data => void countMembers(root, data),
    counts: () => countsBelow(root),
  };
}

const inData = "data.";
const isMoney = (value: JsonObject): boolean => "minorUnits" in value;

function* countsBelow(node: Node): Iterable<readonly [string, number]> {
  for (const child of node.below.values()) {
    if (child.facts > 0) yield [child.path, child.facts];
    yield* countsBelow(child);
  }
}
