import type { Plan } from "../../src/domain/segment/plan.ts";
import { type BenchTag, draw } from "./table.ts";

/** Rules of 3 to 15 leaves as marketers draw them: mostly all of some, with choices and exceptions among them. */
export function randomRules(tags: readonly BenchTag[], count: number): Plan[] {
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return draw(drawn, 90_210);
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  // A value that some customer has; tests are about what there is.
  const sample = <Value>({ valueAt }: BenchTag): Value => {
    for (;;) {
      const value = valueAt(below(50_000));
      if (value !== null) return value as Value;
    }
  };

  return Array.from({ length: count }, () => rule(3 + below(13), 0));

  function rule(leaves: number, depth: number): Plan {
    if (leaves === 1) return next() < 0.12 ? { kind: "not", of: leaf() } : leaf();
    const parts: Plan[] = [];
    for (let left = leaves; left > 0; ) {
      const size = depth > 1 || left === 1 ? 1 : Math.min(left, next() < 0.6 ? 1 : 2 + below(3), leaves - 1);
      parts.push(rule(size, depth + 1));
      left -= size;
    }
    const kind = (depth % 2 === 0) === next() < 0.85 ? "all" : "any";
    return { kind, of: parts };
  }

  function leaf(): Plan {
    const tag = pick(tags);
    const { code, type } = tag;
    switch (type.kind) {
      case "boolean":
        return { kind: "column", code, test: next() < 0.1 ? { kind: "exists" } : { kind: "is", value: next() < 0.6 } };
      case "set": {
        const values = [...new Set(Array.from({ length: 1 + below(3) }, () => pick(sample<readonly string[]>(tag))))];
        return { kind: "column", code, test: { kind: next() < 0.7 ? "holdsAny" : "holdsAll", values } };
      }
      case "enumeration":
      case "text": {
        const values = [...new Set(Array.from({ length: next() < 0.4 ? 1 : 2 + below(6) }, () => sample<string>(tag)))];
        return { kind: "column", code, test: { kind: "oneOf", values } };
      }
      default: {
        const [a, b] = [sample<number>(tag), sample<number>(tag)].sort((x, y) => x - y) as [number, number];
        const kind = below(4);
        const range =
          kind === 0
            ? { from: a, to: b + 1 }
            : kind === 1
              ? { from: Number.NEGATIVE_INFINITY, to: b }
              : { from: a, to: Number.POSITIVE_INFINITY };
        return { kind: "column", code, test: { kind: "within", ranges: [range] } };
      }
    }
  }
}
