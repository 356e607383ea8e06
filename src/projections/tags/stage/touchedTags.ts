import type { RecordedEvent } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Window } from "../../../domain/tag/window.ts";
import type { TagProgram } from "../evaluation/evaluateTag.ts";
import { factValues } from "../history/factValues.ts";
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
    const facts = rule?.kind === "statistic" && rule.facts.types.includes(factType) ? rule.facts : null;
    // A fact that is no fact of theirs touches them in another way, which no condition of theirs is about.
    if (rule?.kind === "statistic" && facts === null) continue;
    const where = facts?.where ?? null;
    const key = JSON.stringify(where);
    let group = groups.get(key);
    if (group === undefined) {
      group = { match: where === null ? null : factMatch(where), columns: [] };
      groups.set(key, group);
    }
    group.columns.push({ column: columnOf(code), window: facts?.window ?? null });
  }
  return [...groups.values()];
}

/** One fact as a source of fields, before or beside its row in a history. */
export function fieldsOf({ occurredAt, data }: Pick<RecordedEvent, "occurredAt" | "data">): FieldSource {
  const { fields, values } = factValues(data);
  return {
    occurredAt: () => occurredAt,
    value: (_row, field) => {
      const at = fields.indexOf(field);
      return at === -1 ? undefined : values[at];
    },
  };
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
