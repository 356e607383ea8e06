import type { Position } from "../../../domain/event.ts";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { isNewer } from "../../customer/restate.ts";
import { consentTypes, mergesIn, speakersIn, standsAlone } from "../history/groupTables.ts";
import type { History } from "../history/history.ts";
import type { RuleEvaluator } from "./asking.ts";
import type { TagSubject } from "./evaluateTag.ts";
import { type AcceptsRow, counts, type FoundRow, newestRow, nextRowAt } from "./newestRow.ts";
import { valueText } from "./valueText.ts";

type Statement = {
  readonly granted: boolean;
  readonly occurredAt: Instant;
  readonly position: Position;
  readonly byMerge: boolean;
};

/**
 * True: granted and not withdrawn; missing while nothing was said. Of merged customers it is what their profile says, the
 * stricter of both at each merge: see groupConsents.
 */
export const consentEvaluator = (channel: string, purpose: string, type: ValueType): RuleEvaluator => {
  const says: AcceptsRow = (table, row) =>
    table.value(row, "channel") === channel && table.value(row, "purpose") === purpose;
  return ({ subject, at, known, collector }) => {
    const stands = standsAlone(subject.history)
      ? saidLast(subject.history, says, at, known)
      : standing(subject, says, at, known);
    const value = stands?.granted ?? null;
    if (collector !== null) {
      const what = `consent to ${channel} for ${purpose}`;
      if (stands === null) collector.arithmetic.push(`${what}: nothing was said`);
      else {
        const since = formatInstant(stands.occurredAt);
        const how = stands.byMerge ? "the stricter of both as merged on" : "as said last on";
        collector.positions.push(stands.position);
        collector.arithmetic.push(`${what}, ${how} ${since} = ${valueText(value, type)}`);
        collector.details.since = since;
      }
    }
    return { value, validUntil: nextRowAt(subject.history, consentTypes, at, known, says) };
  };
};

/** What `standing` comes to where nobody was merged. */
function saidLast(history: History, says: AcceptsRow, at: Instant, known: Position): Statement | null {
  const found = newestRow(history, consentTypes, at, known, says);
  return found === null ? null : statementIn(found);
}

const statementIn = ({ table, row }: FoundRow): Statement => ({
  granted: table.type === "consent-granted",
  occurredAt: table.occurredAt(row),
  position: table.position(row),
  byMerge: false,
});

/** Facts in the order in which they were learned, and in between the merges, since whoever spoke before one spoke for himself. */
function standing(
  { customerId, history }: TagSubject,
  says: AcceptsRow,
  at: Instant,
  known: Position,
): Statement | null {
  const merges = mergesIn(history, known);
  const speakers = speakersIn(history);
  const said = new Map<string, Statement>();
  const speaksFor = new Map<string, string>();
  const hear = (speaker: string, statement: Statement): void => {
    const before = said.get(speaker);
    if (before === undefined || isNewer(statement, before)) said.set(speaker, statement);
  };
  const unite = ({ survivor, absorbed, occurredAt, position }: (typeof merges)[number]): void => {
    const [ours, theirs] = [said.get(survivor), said.get(absorbed)];
    speaksFor.set(absorbed, survivor);
    if (theirs === undefined) return;
    if (ours !== undefined && ours.granted !== theirs.granted)
      said.set(survivor, { granted: false, occurredAt, position, byMerge: true });
    else hear(survivor, theirs);
  };
  for (const statement of statementsUpTo(history, says, at, known)) {
    while (merges[0] !== undefined && merges[0].position < statement.position) unite(merges.shift()!);
    let speaker: string = speakers.get(statement.position) ?? customerId;
    for (let next = speaksFor.get(speaker); next !== undefined; next = speaksFor.get(speaker)) speaker = next;
    hear(speaker, statement);
  }
  merges.forEach(unite);
  return said.get(customerId) ?? null;
}

function statementsUpTo(history: History, says: AcceptsRow, at: Instant, known: Position): Statement[] {
  const statements: Statement[] = [];
  for (const type of consentTypes) {
    const table = history.table(type);
    const end = table?.indexAfter(at) ?? 0;
    for (let row = 0; table !== null && row < end; row += 1) {
      if (!counts(table, row, known) || !says(table, row)) continue;
      statements.push(statementIn({ table, row }));
    }
  }
  return statements.sort((a, b) => a.position - b.position);
}
