import type { RecordedEvent } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagProgram } from "../evaluation/evaluateTag.ts";
import type { Slot } from "./slot.ts";
import { EventFields, isPast, type TouchedGroup, touchedGroups } from "./touchedTags.ts";

/**
 * One set of definitions being kept up to date: those in force, or those that are being filled. Values lie in columns, one per
 * slot of the layout. A lane evaluates its own columns and may read others: a tag in the making is computed from those in force.
 */
export type Lane = {
  readonly state: Slot["state"];
  readonly program: TagProgram;
  /** What it evaluates, each after what it is computed from; from `relations` on tags that look at related customers, and what is computed from those. */
  readonly steps: readonly Step[];
  readonly relations: number;
  /** Where the value of a tag is found. */
  readonly columnOf: (code: TagCode) => number | undefined;
  /** Marks the columns whose value may change when this fact comes, or counts no more. `at`: the instant they are evaluated at. */
  readonly mark: (marks: Uint8Array, fact: TouchingFact, at: Instant) => void;
};

export type TouchingFact = Pick<RecordedEvent, "type" | "occurredAt" | "data">;

export type Step = {
  readonly code: TagCode;
  readonly column: number;
  readonly slot: Slot;
  /** Columns of the same customer that are computed from this one. */
  readonly dependents: readonly number[];
  /** Columns of related customers, and of this one, that look at this one. */
  readonly watchers: readonly Watcher[];
};

/** A relation tag; none of the `kinds`: it looks at customers related in any way. */
export type Watcher = { readonly column: number; readonly kinds: readonly string[] };

/** `slots` in order of columns. */
export function createLane(state: Slot["state"], program: TagProgram, slots: readonly Slot[]): Lane {
  const inForce = new Map<TagCode, number>();
  const own = new Map<TagCode, number>();
  for (const [column, slot] of slots.entries()) {
    if (slot.state === "serving") inForce.set(slot.code, column);
    if (slot.state === state) own.set(slot.code, column);
  }
  const columnsOf = (codes: readonly TagCode[]): number[] =>
    codes.flatMap(code => {
      const column = own.get(code);
      return column === undefined ? [] : [column];
    });

  const watcher = (code: TagCode): Watcher[] => {
    const rule = program.find(code)?.definition.rule;
    return columnsOf([code]).map(column => ({ column, kinds: rule?.kind === "relation" ? rule.kinds : [] }));
  };

  const ofRelations = new Set<TagCode>();
  for (const code of program.order)
    if (ruleOf(program, code) === "relation")
      for (const one of [code, ...program.dependents(code)]) ofRelations.add(one);
  const step = (code: TagCode): Step[] => {
    const column = own.get(code);
    if (column === undefined) return [];
    return [
      {
        ...{ code, column, slot: slots[column] as Slot },
        dependents: columnsOf(program.dependents(code)),
        watchers: program.watching(code).flatMap(watcher),
      },
    ];
  };
  const first = program.order.filter(code => !ofRelations.has(code)).flatMap(step);
  const touched = new Map<string, readonly TouchedGroup[]>();
  const groupsOf = (factType: string): readonly TouchedGroup[] => {
    let groups = touched.get(factType);
    if (groups === undefined) {
      // Formulas and tiers are evaluated when an input has changed.
      const codes = program.touchedBy(factType).filter(code => own.has(code) && !isDerived(ruleOf(program, code)));
      groups = touchedGroups(program, factType, codes, code => own.get(code) as number);
      touched.set(factType, groups);
    }
    return groups;
  };

  return {
    state,
    program,
    steps: [...first, ...program.order.filter(code => ofRelations.has(code)).flatMap(step)],
    relations: first.length,
    columnOf: code => own.get(code) ?? inForce.get(code),
    mark: (marks, fact, at) => {
      const groups = groupsOf(fact.type);
      const source = groups.length > 1 ? new EventFields(fact) : null;
      for (const { match, columns } of groups) {
        if (match !== null && source !== null && !match(source, 0)) continue;
        for (const { column, window } of columns)
          if (window === null || !isPast(window, fact.occurredAt, at)) marks[column] = 1;
      }
    },
  };
}

const ruleOf = (program: TagProgram, code: TagCode): string | undefined => program.find(code)?.definition.rule.kind;
const isDerived = (kind: string | undefined): boolean => kind === "formula" || kind === "tiers";
