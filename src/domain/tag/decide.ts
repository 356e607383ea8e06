import { faultsInWords } from "../definition/faultsInWords.ts";
import { firstNames } from "../definition/firstNames.ts";
import { reasonFaults } from "../definition/reasonFaults.ts";
import type { Fault } from "../fault.ts";
import { accept, type Result, refuse } from "../result.ts";
import { checkTags, type Referable } from "./check/checkTags.ts";
import { referableIn } from "./check/referable.ts";
import { TagCode, type TagDefinition } from "./definition.ts";
import type { TagEvent } from "./events.ts";
import type { TagRefusal } from "./refusal.ts";
import { sameDefinition } from "./sameDefinition.ts";
import type { TagCatalogue, TagState, VersionRecord } from "./tagCatalogue.ts";
import { allDependents, countInForce, dependents, inForce, shownVersion } from "./tagGraph.ts";
import { noUses, type TagUse, type TagUses } from "./tagUses.ts";

/** Tags that can be in force at a time; each costs every customer a value. */
export const mostPublished = 2_000;
/** Tags that can be at all, drafts and retired ones included. */
export const mostTags = 10_000;

/** The steps in a tag's life. */
export type TagLifeEvent = Extract<TagEvent, { type: "tag-drafted" | "tag-published" | "tag-retired" }>;

/** What is to be recorded on the tag's stream; null when all is already as asked. */
export type TagDecision = Result<
  { readonly code: TagCode; readonly version: number; readonly event: TagLifeEvent | null },
  TagRefusal
>;
type Decide = (catalogue: TagCatalogue) => TagDecision;

/** A new draft, which may build upon other drafts. The same definition as the newest version's changes nothing. */
export const draftTag =
  (definition: TagDefinition): Decide =>
  catalogue => {
    const { code } = definition;
    const state = catalogue.tags.get(code);
    if (state?.status === "retired")
      return refuse({ kind: "wrongStatus", code, message: `${code} is retired for good: choose another code` });
    const newest = state?.versions.at(-1);
    if (newest !== undefined && sameDefinition(newest.definition, definition))
      return accept({ code, version: newest.version, event: null });
    if (state === undefined && catalogue.tags.size >= mostTags) return refuse(tooMany(mostTags, "there are"));
    const faults = checkTags(definition, referableIn(catalogue, "draft"));
    if (faults.length > 0) return refuse(invalid(code, faults));
    const version = (newest?.version ?? 0) + 1;
    return accept({ code, version, event: { type: "tag-drafted", data: { version, definition } } });
  };

/** Puts the newest version in force, in place of the one before. All that it is computed from has to be in force. */
export const publishTag =
  (raw: string, version: number, usesOf: TagUses = noUses): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { code, state } = found.value;
    const record = state.versions.find(candidate => candidate.version === version);
    if (record === undefined)
      return refuse({
        kind: "unknownVersion",
        code,
        version,
        message: `${code} has no version ${version}; the newest is ${state.versions.length}`,
      });
    if (state.status !== "retired" && record.published !== null && record.ended === null)
      return accept({ code, version, event: null });
    const wrong = whyNotPublishable(state, record);
    if (wrong !== null) return refuse({ kind: "wrongStatus", code, message: wrong });
    const before = inForce(state);
    if (before === null && countInForce(catalogue) >= mostPublished)
      return refuse(tooMany(mostPublished, "in force are"));
    const faults = checkTags(record.definition, referableIn(catalogue, "published"));
    if (faults.length > 0) return refuse(invalid(code, faults));
    const broken = before === null ? [] : brokenBy(record.definition, catalogue);
    const uses = before === null ? [] : usesOf(code, record.definition);
    const count = broken.length + uses.length;
    if (count > 0)
      return refuse({
        kind: "dependents",
        code,
        dependents: broken,
        uses,
        message: `version ${version} does not fit ${named(broken, uses)}: change ${count === 1 ? "it" : "them"} first, or give the new tag another code`,
      });
    return accept({ code, version, event: { type: "tag-published", data: { version } } });
  };

/** Takes a tag out of force for good, drafts too. Not while others are computed from it or ask for it. */
export const retireTag =
  (raw: string, reason: string, usesOf: TagUses = noUses): Decide =>
  catalogue => {
    const found = find(catalogue, raw);
    if (!found.ok) return found;
    const { code, state } = found.value;
    const version = shownVersion(state)?.version ?? 0;
    if (state.status === "retired") return accept({ code, version, event: null });
    const faults = reasonFaults(reason);
    if (faults.length > 0) return refuse(invalid(code, faults));
    const inUse = dependents(catalogue, code).map(dependent => ({
      code: dependent.code,
      version: dependent.version,
      reason: `is computed from ${code}`,
    }));
    const uses = usesOf(code, null);
    const count = inUse.length + uses.length;
    const all = named(inUse, uses);
    const how = uses.length > 0 ? `${count === 1 ? "asks" : "ask"} for` : `${count === 1 ? "is" : "are"} computed from`;
    if (count > 0)
      return refuse({
        kind: "dependents",
        code,
        dependents: inUse,
        uses,
        message: `${all} ${how} ${code}: retire or change ${count === 1 ? "it" : "them"} first`,
      });
    return accept({ code, version, event: { type: "tag-retired", data: { version, reason } } });
  };

function find(
  { tags }: TagCatalogue,
  raw: string,
): Result<{ readonly code: TagCode; readonly state: TagState }, TagRefusal> {
  const code = TagCode.parse(raw);
  const state = code === null ? undefined : tags.get(code);
  if (code !== null && state !== undefined) return accept({ code, state });
  const shown = raw.slice(0, 100);
  return refuse({ kind: "unknownTag", code: shown, message: `there is no tag "${shown}"` });
}

function whyNotPublishable({ code, status, versions }: TagState, { version, published }: VersionRecord): string | null {
  if (status === "retired") return `${code} is retired for good: choose another code`;
  if (published !== null) return `version ${version} of ${code} was in force before: draft it again to go back to it`;
  const newest = versions.at(-1)?.version ?? version;
  return version === newest ? null : `draft ${version} of ${code} was replaced by draft ${newest}`;
}

/** Tags in force that would no longer make sense if this definition were in force. */
function brokenBy(definition: TagDefinition, catalogue: TagCatalogue) {
  const inForceNow = referableIn(catalogue, "published");
  const after = (code: TagCode): Referable =>
    code === definition.code ? { kind: "usable", definition } : inForceNow(code);
  return allDependents(catalogue, definition.code).flatMap(({ code, version, definition: dependent }) => {
    const [first] = checkTags(dependent, after);
    return first === undefined ? [] : [{ code, version, reason: `${first.field}: ${first.message}` }];
  });
}

export const invalid = (code: string | null, faults: readonly Fault[]): TagRefusal => ({
  kind: "invalid",
  code,
  faults,
  message: faultsInWords(faults),
});

const tooMany = (limit: number, are: string): TagRefusal => ({
  kind: "tooMany",
  limit,
  message: `${are} ${limit.toLocaleString("en")} tags already, the most that can be: retire some that nobody uses`,
});

const named = (tags: readonly { readonly code: TagCode }[], uses: readonly TagUse[]): string =>
  firstNames([...tags.map(({ code }) => code), ...uses.map(({ name }) => name)]);
