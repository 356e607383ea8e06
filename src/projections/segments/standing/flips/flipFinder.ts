import type { ValueType } from "../../../../domain/tag/tagValue.ts";
import { createNumberFlips } from "./numberFlips.ts";
import { createSetFlips } from "./setFlips.ts";
import { createValueFlips } from "./valueFlips.ts";
import type { FlipFinder, WatchedTest } from "./watchedTest.ts";

export function createFlipFinder(type: ValueType, tests: readonly WatchedTest[]): FlipFinder {
  switch (type.kind) {
    case "number":
    case "money":
    case "date":
      return createNumberFlips(tests);
    case "set":
      return createSetFlips(tests);
    case "boolean":
    case "enumeration":
    case "text":
      return createValueFlips(tests);
  }
}
