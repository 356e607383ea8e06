import { type EnrolmentRule, enrolmentTypes } from "../../../domain/effect/enrolmentRule.ts";
import type { RecordedEvent } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { askedBy } from "../../../domain/segment/asked.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { TagRule } from "../../../domain/tag/rule.ts";
import type { Window } from "../../../domain/tag/window.ts";
import type { TagProgram } from "../evaluation/evaluateTag.ts";
import { type FactValues, factValues } from "../history/factValues.ts";
import { type FactMatch, factMatch } from "../statistic/factMatch.ts";
import type { FieldSource } from "../statistic/fieldReader.ts";

/** Tags that look at the same facts of a type; `match` null: at all of them. */
export type TouchedGroup = {
  readonly match: FactMatch | null;
  readonly columns: readonly { readonly column: number; readonly window: Window | null }[];
};

/**
 * The tags that a fact of a type may change, grouped by the condition that it has to meet: most tags of a bank look at a few
 * facts of a frequent type, and asking a condition once is far cheaper than evaluating its tags.
 */
export function touchedGroups(
  program: TagProgram,
  factType: string,
  codes: readonly TagCode[],
  columnOf: (code: TagCode) => number,
): readonly TouchedGroup[] {
  const groups = new Map<string, { match: FactMatch | null; columns: { column: number; window: Window | null }[] }>();
  for (const code of codes) {
    const rule = program.find(code)?.definition.rule;
    const asked = rule === undefined ? anyFact : askedOf(rule, factType);
    if (asked === null) continue;
    const { where, window } = asked;
    const key = JSON.stringify(where);
    let group = groups.get(key);
    if (group === undefined) {
      group = { match: where === null ? null : factMatch(where), columns: [] };
      groups.set(key, group);
    }
    group.columns.push({ column: columnOf(code), window });
  }
  return [...groups.values()];
}

type AskedOfFact = { readonly where: FactFilter | null; readonly window: Window | null };
const anyFact: AskedOfFact = { where: null, window: null };

/** Null where a fact of the type, though it touches the tag, is no fact that the tag's own conditions are about: then something else brings it. */
function askedOf(rule: TagRule, factType: string): AskedOfFact | null {
  if (rule.kind === "statistic") return rule.facts.types.includes(factType) ? rule.facts : null;
  if (rule.kind === "enrolment") return askedOfEnrolment(rule, factType);
  if (rule.kind !== "condition") return anyFact;
  const wheres: (FactFilter | null)[] = [];
  for (const asked of askedBy(rule.rule)) {
    if (asked.related || asked.kind === "tag") continue;
    if (asked.kind !== "facts") return anyFact;
    if (asked.facts.types.includes(factType)) wheres.push(asked.facts.where);
  }
  if (wheres.length === 0) return null;
  const known = wheres.filter(where => where !== null);
  return { where: known.length < wheres.length ? null : { kind: "any", of: known }, window: null };
}

/** A receipt need not name its campaign: whose contact it is about stands in the history. */
function askedOfEnrolment({ campaign, kpis }: EnrolmentRule, factType: string): AskedOfFact | null {
  if (factType === "delivery-reported") return anyFact;
  const wheres = kpis.flatMap(({ types, where }) => (types.includes(factType) ? [where] : []));
  if ((enrolmentTypes as readonly string[]).includes(factType))
    wheres.push({ kind: "in", field: "campaignId", values: [campaign] });
  if (wheres.length === 0) return null;
  const known = wheres.filter(where => where !== null);
  return { where: known.length < wheres.length ? null : { kind: "any", of: known }, window: null };
}

/** One fact as a source of fields, before or beside its row in a history. */
export class EventFields implements FieldSource {
  readonly #occurredAt: Instant;
  readonly #fact: FactValues;

  constructor({ type, occurredAt, data }: Pick<RecordedEvent, "type" | "occurredAt" | "data">) {
    this.#occurredAt = occurredAt;
    this.#fact = factValues(type, data);
  }

  occurredAt(): Instant {
    return this.#occurredAt;
  }
  value(_row: number, field: string): JsonScalar | undefined {
    const at = this.#fact.fields.indexOf(field);
    return at === -1 ? undefined : this.#fact.values[at];
  }
}

/** Whether a fact of that time is out of the window at T for good. */
export function isPast(window: Window, occurredAt: Instant, at: Instant): boolean {
  switch (window.kind) {
    case "rolling":
      return occurredAt + window.length <= at;
    case "ago":
      return occurredAt + window.from <= at;
    case "absolute":
      return occurredAt < window.from || occurredAt >= window.to;
    default:
      return false;
  }
}
