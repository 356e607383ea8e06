import { expect } from "vitest";
import type { CustomerId } from "../../../../../src/domain/ids.ts";
import type { Rule } from "../../../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../../../src/domain/segment/segment.ts";
import type { ReadModelStore } from "../../../../../src/projections/readModelStore.ts";
import { hasBit } from "../../../../../src/projections/segments/feed/memberBits.ts";
import { membersAtOf } from "../../../../../src/projections/segments/feed/membersAt.ts";
import { compileRule } from "../../../../../src/projections/segments/rowwise/ruleTruth.ts";
import { surroundingsOf } from "../../../../../src/projections/segments/rowwise/surroundings.ts";
import type { TagSubject } from "../../../../../src/projections/tags/evaluation/evaluateTag.ts";
import { InexactFigure } from "../../../../../src/projections/tags/evaluation/inexactFigure.ts";
import { compileTags } from "../../../../../src/projections/tags/evaluation/tagProgram.ts";
import { openHistory } from "../../../../../src/projections/tags/history/customerHistory.ts";
import { publishedVersions } from "../../../../../src/projections/tags/stage/layout.ts";

/** Who stands is who the rule is true of, asked of each customer's facts anew. Of whom it cannot be told, nothing is expected. */
export function expectMembers({ tags, segments, merges }: ReadModelStore): void {
  const merged = new Map(
    merges().flatMap(({ absorbed, survivor, splitAt }) => (splitAt === null ? [[absorbed, survivor]] : [])),
  );
  const survivorOf = (id: CustomerId): CustomerId => {
    const into = merged.get(id);
    return into === undefined ? id : survivorOf(into);
  };
  const program = compileTags(
    publishedVersions({ position: 0, tags: new Map(tags.states().map(state => [state.code, state])) }),
  );
  const moment = { at: tags.logTime() ?? 0, known: tags.position() };
  const subjectOf = (id: CustomerId): TagSubject | null => {
    const survivor = survivorOf(id);
    const row = tags.rowOf(survivor);
    const stored = row === null ? null : tags.history(row);
    return stored === null ? null : { customerId: survivor, history: openHistory(stored), related: subjectOf };
  };
  const rows = [...Array(tags.customerCount()).keys()].filter(row => tags.tagRow(row) !== null);
  const ids = new Map(rows.map(row => [row, tags.idAt(row) as CustomerId]));
  const ruleOf = (id: SegmentId): Rule => {
    const version = segments.standingOf(id)?.version;
    const state = segments.states().find(candidate => candidate.id === id);
    const definition = state?.versions.find(record => record.version === version)?.definition;
    if (definition === undefined) throw new Error(`segment ${id} stands by no version`);
    return definition.rule;
  };
  const isAmongTop = ({ by, count, order }: Extract<Rule, { kind: "top" }>, customer: CustomerId): boolean => {
    const valued = rows.flatMap(row => {
      const { value } = program.evaluate(by, subjectOf(ids.get(row) as CustomerId) as TagSubject, moment);
      return value === null ? [] : [{ row, value: value as number }];
    });
    valued.sort((a, b) => (order === "highest" ? b.value - a.value : a.value - b.value) || a.row - b.row);
    return valued.slice(0, count).some(({ row }) => ids.get(row) === customer);
  };
  const around = surroundingsOf(program, {
    segment: id => ({ kind: "rule", rule: ruleOf(id) }),
    isInSnapshot: () => {
      throw new Error("no snapshots here");
    },
    isAmongTop,
  });
  for (const { id, sequence, archived } of segments.standing()) {
    if (archived) continue;
    const members = membersAtOf(segments)(id, sequence);
    const ask = compileRule(ruleOf(id), around);
    for (let row = 0; row < tags.customerCount(); row += 1) {
      const customer = ids.get(row);
      if (customer === undefined) {
        expect(hasBit(members, row), `${id} has merged row ${row}`).toBe(false);
        continue;
      }
      try {
        const { truth } = ask(subjectOf(customer) as TagSubject, moment);
        expect(hasBit(members, row), `${row} in ${id}, ${JSON.stringify(ruleOf(id))}`).toBe(truth);
      } catch (error) {
        if (!(error instanceof InexactFigure)) throw error;
      }
    }
  }
}
