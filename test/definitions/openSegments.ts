import {
  createSegmentDefinitions,
  type SegmentDefinitionParts,
} from "../../src/definitions/createSegmentDefinitions.ts";
import { createSegmentCatalogueReader } from "../../src/definitions/segmentCatalogueReader.ts";
import { usesBySegments } from "../../src/definitions/usesBySegments.ts";
import type { OutsideSegment } from "../../src/domain/segment/outside.ts";
import type { OutsideDefinition } from "../../src/domain/tag/outside.ts";
import { oneAtATime } from "../../src/intake/oneAtATime.ts";
import { standards } from "../../src/intake/standards.ts";
import { shippedFields } from "../domain/tag/shippedFields.ts";
import { ada, openDefinitions } from "./openDefinitions.ts";

/** Doors for tags and segments on one fresh memory log. */
export function openSegments(parts: Partial<SegmentDefinitionParts> = {}) {
  const inTurn = oneAtATime();
  const log: { current: Parameters<typeof createSegmentCatalogueReader>[0] | null } = { current: null };
  const door = openDefinitions({
    inTurn,
    uses: async tags => {
      if (log.current === null) throw new Error("asked before the doors were open");
      return usesBySegments(createSegmentCatalogueReader(log.current), shippedFields, standards)(tags);
    },
  });
  log.current = door.reader;
  const segments = createSegmentDefinitions({
    log: door.reader,
    append: async requests => door.writer.append(requests, door.now()),
    tags: door.definitions.catalogue,
    ...{ fields: shippedFields, standards, now: door.now, inTurn },
    ...parts,
  });
  return { ...door, segments };
}
type Doors = ReturnType<typeof openSegments>;

/** A segment with everything a sentence leaves out filled in. */
export const segment = (id: string, rule: OutsideSegment["rule"]): OutsideSegment => ({
  ...{ id, name: id, owner: "testers", description: "A segment of a test.", rule },
});

export async function publishTags({ definitions }: Doors, ...tags: readonly OutsideDefinition[]): Promise<void> {
  for (const tag of tags) {
    const drafted = await definitions.draft(tag, ada);
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.refusal));
    const published = await definitions.publish(tag.code, drafted.value.version, ada);
    if (!published.ok) throw new Error(JSON.stringify(published.refusal));
  }
}

export async function publishSegments({ segments }: Doors, ...all: readonly OutsideSegment[]): Promise<void> {
  for (const one of all) {
    const drafted = await segments.draft(one, ada);
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.refusal));
    const published = await segments.publish(one.id, drafted.value.version, ada);
    if (!published.ok) throw new Error(JSON.stringify(published.refusal));
  }
}
