import { createMemoryLog } from "../../src/adapters/memory/createMemoryLog.ts";
import { createTagDefinitions, type TagDefinitionParts } from "../../src/definitions/createTagDefinitions.ts";
import type { OutsideDefinition } from "../../src/domain/tag/outside.ts";
import { standards } from "../../src/intake/standards.ts";
import { shippedFields } from "../domain/tag/shippedFields.ts";

export const ada = { kind: "person", id: "ada" } as const;

/** A door for definitions on a fresh memory log. */
export function openDefinitions(parts: Partial<TagDefinitionParts> = {}) {
  const { writer, reader } = createMemoryLog();
  let time = Date.parse("2024-05-01T12:00:00Z");
  const now = () => {
    time += 1;
    return time;
  };
  const definitions = createTagDefinitions({
    log: reader,
    append: async requests => writer.append(requests, now()),
    fields: shippedFields,
    standards,
    now,
    ...parts,
  });
  return { definitions, writer, reader, now, log: () => reader.read({ limit: 10_000 }) };
}

/** A definition with everything a sentence leaves out filled in. */
export const definition = (given: Partial<OutsideDefinition> & Pick<OutsideDefinition, "code">): OutsideDefinition => ({
  name: given.code,
  category: "test",
  owner: "testers",
  description: "A tag of a test.",
  type: { number: {} },
  rule: { statistic: { measure: { count: true }, facts: { types: ["transaction-posted"] } } },
  ...given,
});
