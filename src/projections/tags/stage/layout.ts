import { conditionNamed, isCondition } from "../../../domain/segment/conditions.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import type { TagCatalogue } from "../../../domain/tag/tagCatalogue.ts";
import type { TagProgram } from "../evaluation/evaluateTag.ts";
import { createLane, type Lane } from "./lane.ts";
import type { Slot } from "./slot.ts";
import type { SlotTable } from "./tagChanges.ts";

/** Which columns there are, and who keeps them up to date. It changes only between commits. */
export type Layout = SlotTable & {
  readonly byNumber: ReadonlyMap<number, Slot>;
  readonly serving: Lane;
  /** Null while nothing is being filled. */
  readonly filling: Lane | null;
};

export type Compile = (versions: readonly TagVersion[]) => TagProgram;

/** The lanes of stored slots. Definitions are those of the catalogue, which never forgets a version. */
export function layoutOf(table: SlotTable, catalogue: TagCatalogue, compile: Compile): Layout {
  const { slots } = table;
  const serving = slots.filter(({ state }) => state === "serving");
  const filling = slots.filter(({ state }) => state === "filling");
  const replaced = new Set(filling.map(({ code }) => code));
  const target = [...serving.filter(({ code }) => !replaced.has(code)), ...filling];
  return {
    ...table,
    byNumber: new Map(slots.map(slot => [slot.slot, slot])),
    serving: createLane("serving", compile(versionsOf(serving, catalogue)), slots),
    filling: filling.length === 0 ? null : createLane("filling", compile(versionsOf(target, catalogue)), slots),
  };
}

const versionsOf = (slots: readonly Slot[], { tags }: TagCatalogue): TagVersion[] =>
  slots.map(({ code, version }) => {
    if (isCondition(code)) return conditionNamed(code);
    const definition = tags.get(code)?.versions.find(record => record.version === version)?.definition;
    if (definition === undefined) throw new Error(`the catalogue has no version ${version} of tag "${code}"`);
    return { code, version, definition };
  });

/** Every published version of the catalogue, which is what should be in force. */
export function publishedVersions({ tags }: TagCatalogue): TagVersion[] {
  const versions: TagVersion[] = [];
  for (const { code, versions: records } of tags.values()) {
    const record = records.findLast(({ published, ended }) => published !== null && ended === null);
    if (record !== undefined) versions.push({ code, version: record.version, definition: record.definition });
  }
  return versions.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * What has to change for the published versions to be in force: slots to fill (of new versions, and of every tag that is
 * computed from one that changes), without those of tags to drop. Null when nothing has to.
 */
export function nextSlots(
  { slots, nextSlot }: SlotTable,
  published: readonly TagVersion[],
  compile: Compile,
): SlotTable | null {
  const serving = new Map(slots.map(slot => [slot.code, slot]));
  const wanted = new Set(published.map(({ code }) => code));
  const fresh = published.filter(({ code, version }) => serving.get(code)?.version !== version);
  if (fresh.length === 0 && slots.every(({ code }) => wanted.has(code))) return null;
  const program = compile(published);
  const affected = new Set<TagCode>();
  for (const { code } of fresh) {
    affected.add(code);
    for (const dependent of [...program.dependents(code), ...program.watching(code)]) affected.add(dependent);
  }
  for (const code of [...affected]) for (const dependent of program.dependents(code)) affected.add(dependent);
  for (const code of [...affected]) for (const watcher of program.watching(code)) affected.add(watcher);
  const filling = published
    .filter(({ code }) => affected.has(code))
    .map(
      ({ code, version, definition }, index): Slot => ({
        ...{ slot: nextSlot + index, code, version, type: definition.type, state: "filling" },
      }),
    );
  const kept = slots.filter(({ code }) => wanted.has(code));
  return { slots: [...kept, ...filling], nextSlot: nextSlot + filling.length };
}

/** The table once the slots are filled: each takes the place of the one in force, and what is published no more goes. */
export function switchedSlots({ slots, nextSlot }: SlotTable, published: readonly TagVersion[]): SlotTable {
  const replaced = new Set(slots.filter(({ state }) => state === "filling").map(({ code }) => code));
  const wanted = new Set(published.map(({ code }) => code));
  return {
    nextSlot,
    slots: slots
      .filter(({ code, state }) => wanted.has(code) && (state === "filling" || !replaced.has(code)))
      .map(slot => ({ ...slot, state: "serving" })),
  };
}
