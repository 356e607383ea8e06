import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import { ruleNodes } from "../../../domain/segment/ruleNodes.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { historyAsOf } from "../../asOf/historyAsOf.ts";
import { groupAt } from "../../identity/customerGroup.ts";
import type { ReadModelContents } from "../../readModelStore.ts";
import type { Moment, TagProgram, TagSubject } from "../../tags/evaluation/evaluateTag.ts";
import { openHistory } from "../../tags/history/customerHistory.ts";
import type { History } from "../../tags/history/history.ts";
import { hasBit } from "../feed/memberBits.ts";
import { snapshotsOf } from "../feed/snapshotsOf.ts";
import type { Populations } from "../rowwise/surroundings.ts";

/** Everybody as known at a position, one after the other, from what is stored. */
export type Population = {
  readonly rows: number;
  /** Null for a row that stands for nobody then: without facts, or one person with another customer. */
  readonly subject: (row: number) => TagSubject | null | Promise<TagSubject | null>;
};

export type PopulationSources = {
  readonly contents: ReadModelContents;
  readonly log: Pick<LogReader, "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
};

/** Customers who were merged or split after the position are put together from the log as they were then. */
export function populationAt({ contents, log, upcast }: PopulationSources, known: Position): Population {
  const { tags } = contents;
  const merges = [...contents.merges()];
  const byCustomer = new Map<CustomerId, typeof merges>();
  for (const merge of merges)
    for (const id of [merge.survivor, merge.absorbed]) byCustomer.set(id, [...(byCustomer.get(id) ?? []), merge]);
  const mergesOf = (id: CustomerId) => byCustomer.get(id) ?? [];
  /** Who was one person with others than today. */
  const regrouped = new Set<CustomerId>();
  for (const { position, splitAt, survivor, absorbed } of merges)
    if (position > known || (splitAt !== null && splitAt > known))
      for (const id of [survivor, absorbed]) {
        regrouped.add(groupAt(id, known, mergesOf).survivor);
        regrouped.add(id);
      }
  const storedHistory = (id: CustomerId): History | null => {
    const row = tags.rowOf(id);
    const stored = row === null ? null : tags.history(row);
    return stored === null ? null : openHistory(stored);
  };
  const putTogether = new Map<CustomerId, TagSubject | null>();
  const related = (id: CustomerId): TagSubject | null => {
    const { survivor } = groupAt(id, known, mergesOf);
    const ready = putTogether.get(survivor);
    if (ready !== undefined) return ready;
    const history = storedHistory(survivor);
    return history === null ? null : { customerId: survivor, history, related };
  };
  const prepare = async (id: CustomerId): Promise<TagSubject> => {
    const group = groupAt(id, known, mergesOf);
    const stored = new Map<CustomerId, History>();
    for (const member of group.members) {
      const history = storedHistory(member);
      if (history !== null) stored.set(member, history);
    }
    return { customerId: id, history: await historyAsOf({ log, upcast, stored }, group, known), related };
  };
  let prepared: Promise<unknown> | null = null;
  const prepareAll = async (): Promise<void> => {
    for (const id of regrouped)
      if (groupAt(id, known, mergesOf).survivor === id) putTogether.set(id, await prepare(id));
  };

  return {
    rows: tags.customerCount(),
    subject: row => {
      const id = tags.idAt(row);
      if (id === null || groupAt(id, known, mergesOf).survivor !== id) return null;
      const read = (): TagSubject | null => {
        const ready = putTogether.get(id);
        if (ready !== undefined) return ready;
        const stored = tags.history(row);
        return stored === null ? null : { customerId: id, history: openHistory(stored), related };
      };
      if (regrouped.size === 0) return read();
      prepared ??= prepareAll();
      return prepared.then(read);
    },
  };
}

/** Who belongs to what else, of everybody at one moment. `ruleOf`: of the version of a segment that counts then. */
export function populationsAt(
  {
    contents,
    population,
    program,
    moment,
  }: {
    readonly contents: ReadModelContents;
    readonly population: Population;
    readonly program: TagProgram;
    readonly moment: Moment;
  },
  ruleOf: (id: SegmentId) => Rule | null,
): Populations & { readonly prepare: (rule: Rule) => Promise<void> } {
  const snapshots = new Map<string, Uint8Array | null>();
  const tops = new Map<string, ReadonlySet<CustomerId>>();
  const topKey = ({ by, count, order }: Extract<Rule, { kind: "top" }>): string => JSON.stringify([by, count, order]);
  const snapshot = snapshotsOf(contents.segments);
  const topOf = async (top: Extract<Rule, { kind: "top" }>): Promise<ReadonlySet<CustomerId>> => {
    const found: { readonly row: number; readonly id: CustomerId; readonly value: number }[] = [];
    for (let row = 0; row < population.rows; row += 1) {
      const subject = await population.subject(row);
      if (subject === null) continue;
      const { value } = program.evaluate(top.by, subject, moment);
      if (value !== null) found.push({ row, id: subject.customerId, value: value as number });
    }
    const sign = top.order === "highest" ? -1 : 1;
    found.sort((a, b) => sign * (a.value - b.value) || a.row - b.row);
    return new Set(found.slice(0, top.count).map(({ id }) => id));
  };

  return {
    segment: id => {
      const rule = ruleOf(id);
      return rule === null ? null : { kind: "rule", rule };
    },
    isInSnapshot: (id, at, customer) => {
      const key = `${id} ${at}`;
      let bits = snapshots.get(key);
      if (bits === undefined) {
        bits = snapshot(id, at);
        snapshots.set(key, bits);
      }
      if (bits === null) throw new Error(`segment ${id} did not stand at ${new Date(at).toISOString()}`);
      const row = contents.tags.rowOf(customer);
      return row !== null && hasBit(bits, row);
    },
    isAmongTop: (top, customer) => {
      const members = tops.get(topKey(top));
      if (members === undefined) throw new Error(`who is among the top by ${top.by} was not worked out`);
      return members.has(customer);
    },
    prepare: async rule => {
      for (const top of topsIn(rule, ruleOf)) if (!tops.has(topKey(top))) tops.set(topKey(top), await topOf(top));
    },
  };
}

function topsIn(rule: Rule, ruleOf: (id: SegmentId) => Rule | null): readonly Extract<Rule, { kind: "top" }>[] {
  return ruleNodes(rule).flatMap(({ rule: node }) => {
    if (node.kind === "top") return [node];
    const named = node.kind === "segment" ? ruleOf(node.id) : null;
    return named === null ? [] : topsIn(named, ruleOf);
  });
}
