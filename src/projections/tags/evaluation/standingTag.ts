import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import type { Standing } from "../../../domain/tag/rule.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { rescale } from "../formula/decimals.ts";
import { factMatch } from "../statistic/factMatch.ts";
import type { FieldSource } from "../statistic/fieldReader.ts";
import type { RuleEvaluator } from "./asking.ts";
import { anyRow, nextRowAt } from "./newestRow.ts";
import { fieldOfThing, type StandingThing, standingFacts, standingThings } from "./standing.ts";
import { decimalsOf } from "./valueText.ts";

/** How many things stand at T that meet the condition, which sees of each field the newest that was said. A boolean tag: whether any does. */
export function standingEvaluator(what: Standing, where: FactFilter | null, type: ValueType): RuleEvaluator {
  const of = standingFacts[what];
  const match = where === null ? null : factMatch(where);
  return ({ subject: { history }, at, known, collector }) => {
    const things: StandingThing[] = [];
    for (const thing of standingThings(history, of, at, known))
      if (match === null || match(new ThingFields(thing), 0)) things.push(thing);
    if (collector !== null) {
      const deciding = things.flatMap(({ facts }) =>
        facts.filter(({ table, row }) => of.stands(table, row) !== null).slice(0, 1),
      );
      deciding.sort(
        (a, b) =>
          a.table.occurredAt(a.row) - b.table.occurredAt(b.row) || a.table.position(a.row) - b.table.position(b.row),
      );
      for (const { table, row } of deciding) collector.positions.push(table.position(row));
      collector.arithmetic.push(`count of ${what}s that stand = ${things.length}`);
      collector.details.keys = things.map(({ key }) => key);
    }
    const value = type.kind === "boolean" ? things.length > 0 : rescale(things.length, 0, decimalsOf(type), what);
    return { value, validUntil: nextRowAt(history, of.types, at, known, anyRow) };
  };
}

class ThingFields implements FieldSource {
  readonly #thing: StandingThing;

  constructor(thing: StandingThing) {
    this.#thing = thing;
  }

  occurredAt(): Instant {
    const { table, row } = this.#thing.facts[0] as StandingThing["facts"][number];
    return table.occurredAt(row);
  }
  value(_row: number, field: string): JsonScalar | undefined {
    return fieldOfThing(this.#thing, field);
  }
}
