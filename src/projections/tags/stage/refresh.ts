import type { CustomerId } from "../../../domain/ids.ts";
import type { JsonObject } from "../../../domain/json.ts";
import type { TagCode, TagDefinition } from "../../../domain/tag/definition.ts";
import type { TagRule } from "../../../domain/tag/rule.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import type { Moment, TagProgram, TagSubject } from "../evaluation/evaluateTag.ts";
import { refreshedTable } from "../evaluation/reportedTag.ts";
import type { History } from "../history/history.ts";
import { contributionsOf, fitLookAlike, likeness } from "../models/lookAlike.ts";
import { type RfmRow, rfmCell, rfmScores } from "../models/rfm.ts";

/** One customer that counts (it was not merged into another), in order of rows. */
export type Member = { readonly row: number; readonly id: CustomerId; readonly history: History };

export type Refresh = {
  readonly code: TagCode;
  /** The definitions in force when the refresh was asked for. */
  readonly program: TagProgram;
  readonly everybody: () => Iterable<Member>;
  readonly moment: Moment;
  readonly related: TagSubject["related"];
};

/**
 * What a refresh finds for everybody it has to be told to: those who get a value, and those whose earlier one holds no more.
 * Nothing where the tag is none that is refreshed.
 */
export function refreshedValues(refresh: Refresh): readonly (readonly [row: number, data: JsonObject])[] {
  const version = refresh.program.find(refresh.code);
  if (version === null) return [];
  const { rule } = version.definition;
  if (rule.kind === "rfm") return withValueGone(refresh, rfmValues(refresh, rule, version.definition));
  if (rule.kind === "lookAlike") return withValueGone(refresh, likenesses(refresh, rule, version.definition));
  return [];
}

/** What was found for a row, see `refreshedEvaluator`. */
type Found = { readonly value: TagValue; readonly weights?: Readonly<Record<string, number>> };
type Values = ReadonlyMap<number, Found>;

function withValueGone({ code, everybody }: Refresh, values: Values): (readonly [number, JsonObject])[] {
  const told: (readonly [number, JsonObject])[] = [];
  for (const { row, history } of everybody()) {
    const found = values.get(row);
    if (found !== undefined) told.push([row, found]);
    else if (history.table(refreshedTable(code)) !== null) told.push([row, { value: null }]);
  }
  return told;
}

const reader =
  ({ program, moment, related }: Refresh, { id, history }: Member) =>
  (code: TagCode): TagValue =>
    program.evaluate(code, { customerId: id, history, related }, moment).value;

function rfmValues(refresh: Refresh, rule: Extract<TagRule, { kind: "rfm" }>, definition: TagDefinition): Values {
  const population: RfmRow[] = [];
  for (const member of refresh.everybody()) {
    const read = reader(refresh, member);
    population.push({
      row: member.row,
      recency: read(rule.recency) as number | null,
      frequency: read(rule.frequency) as number | null,
      monetary: read(rule.monetary) as number | null,
      tieKey: rule.tieSystem === null ? null : idIn(member.history, rule.tieSystem, refresh.moment),
      customerId: member.id,
    });
  }
  const recencyType = refresh.program.find(rule.recency)?.definition.type.kind;
  const { rows, recency, frequency, monetary } = rfmScores(
    population,
    rule.groups,
    recencyType === "date" ? "high" : "low",
  );
  const scale = definition.type.kind === "number" ? 10 ** definition.type.decimals : 1;
  const valueAt = (at: number): TagValue => {
    const scores = {
      recency: recency[at] as number,
      frequency: frequency[at] as number,
      monetary: monetary[at] as number,
    };
    return rule.output === "cell"
      ? rfmCell(scores.recency, scores.frequency, scores.monetary, rule.groups)
      : scores[rule.output] * scale;
  };
  return new Map(Array.from(rows, (row, at) => [row, { value: valueAt(at) }]));
}

/** The customer's id in a system as known by then; of several the one linked last. */
function idIn(history: History, system: string, { at, known }: Moment): string | null {
  const table = history.table("identity-linked");
  for (let row = (table?.indexAfter(at) ?? 0) - 1; table !== null && row >= 0; row -= 1) {
    const ended = table.endedBy(row);
    if (table.position(row) > known || (ended !== 0 && ended <= known) || table.value(row, "system") !== system)
      continue;
    const id = table.value(row, "id");
    if (typeof id === "string") return id;
  }
  return null;
}

function likenesses(refresh: Refresh, rule: Extract<TagRule, { kind: "lookAlike" }>, { type }: TagDefinition): Values {
  const rows: number[] = [];
  const seeds: boolean[] = [];
  const values = new Map<TagCode, TagValue[]>(rule.features.map(code => [code, []]));
  for (const member of refresh.everybody()) {
    const read = reader(refresh, member);
    rows.push(member.row);
    seeds.push(read(rule.seed) === true);
    for (const [code, column] of values) column.push(read(code));
  }
  const features = [...values].flatMap(([code, column]) => {
    const feature = refresh.program.find(code);
    return feature === null ? [] : [{ code, type: feature.definition.type, values: column }];
  });
  const model = fitLookAlike(seeds, features);
  if (model === null) return new Map();
  const decimals = type.kind === "number" ? type.decimals : 0;
  return new Map(
    rows.map((row, at) => {
      const read = (code: TagCode): TagValue => values.get(code)?.[at] ?? null;
      const weights: Record<string, number> = {};
      for (const { code, weight } of contributionsOf(model, read)) weights[code] = (weights[code] ?? 0) + weight;
      return [row, { value: likeness(model, read, decimals).score, weights }];
    }),
  );
}
