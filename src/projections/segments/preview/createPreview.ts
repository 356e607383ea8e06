import type { RecordedEvent } from "../../../domain/event.ts";
import type { LogReader } from "../../../domain/eventLog.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import { consentOf } from "../../../domain/segment/conditions.ts";
import type { Plan } from "../../../domain/segment/plan.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { ReadModelContents } from "../../readModelStore.ts";
import type { AskedColumns, ColumnsReader } from "../columns/columns.ts";
import type { Members } from "../columns/query/around.ts";
import type { PortraitPart } from "../columns/query/portrait.ts";
import { countBits, rowsAfter } from "../feed/memberBits.ts";
import { scanMembers } from "./scanMembers.ts";
import type { PortraitBucket, PreviewRefusal, Reflected, SegmentPreview } from "./segmentPreview.ts";
import { type StoredColumns, storedColumns } from "./storedColumns.ts";

export type PreviewParts = {
  /** The columns of the generation that `contents` is of. */
  readonly columns: () => ColumnsReader;
  /** A snapshot of the read models no older than the newest commit. */
  readonly contents: () => ReadModelContents;
  readonly log: Pick<LogReader, "readStream" | "findById">;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  readonly now: () => Instant;
  /** Milliseconds that an answer may take. */
  readonly timeoutMs: number;
};

type Answer<Value> = Result<Reflected & Value, PreviewRefusal>;
/** Who there is, in the state that members are of. */
type Everybody = Pick<AskedColumns, "idAt" | "customers">;
type UseMembers<Value> = (members: readonly Members[], everybody: Everybody) => Value;
/** What questions about values are answered from: members of several rules, and the columns of the same state. */
type UseColumns<Value> = (
  members: readonly Members[],
  columns: AskedColumns,
  stored: StoredColumns,
) => Result<Value, PreviewRefusal>;

/** How often a question is asked again because definitions or facts came in between. */
const mostAttempts = 5;

/** Answers about everybody: of columns where they hold all that a rule asks for, of everybody's facts where not. */
export function createPreview(parts: PreviewParts): SegmentPreview {
  const { columns, contents, now, timeoutMs } = parts;

  const tooSlow = (): PreviewRefusal => ({
    kind: "tooSlow",
    seconds: timeoutMs / 1000,
    message:
      `not known within ${timeoutMs / 1000} s: the rule asks for what is kept of nobody yet; save it as a draft, and ` +
      "ask again when its conditions are filled",
  });
  const { log, upcast } = parts;
  const untilTimeout = () => ({ log, upcast, deadline: performance.now() + timeoutMs, tooSlow });

  /** Of columns where they hold all that is asked for; null where they do not. */
  const ofColumns = <Value>(
    rules: readonly Rule[],
    use: (plans: readonly Plan[], asked: AskedColumns, stored: StoredColumns, at: Instant) => Value,
  ): Result<Value | null, PreviewRefusal> => {
    const at = now();
    const stored = storedColumns(contents());
    const plans = stored.plansOf(rules, at);
    if (!plans.ok) return plans;
    const { value } = plans;
    return accept(value === null ? null : columns().ask(asked => use(value, asked, stored, at), timeoutMs));
  };

  const membersOf = (
    plans: readonly Plan[],
    asked: AskedColumns,
    stored: StoredColumns,
  ): Result<readonly Members[], PreviewRefusal> => {
    const around = stored.around(asked);
    const members: Members[] = [];
    for (const plan of plans) {
      const found = asked.queries.members(plan, around);
      if (!found.ok) return refuse(stored.refusalOf(found.refusal));
      members.push(found.value);
    }
    return accept(members);
  };

  /** A slot may have been given up since the snapshot was taken that told of it. */
  const again = <Value>(attempt: number, answer: Result<Value, PreviewRefusal>): boolean =>
    !answer.ok && answer.refusal.kind === "filling" && answer.refusal.total === 0 && attempt < mostAttempts;

  /** All rules' members, of one and the same state. */
  const withMembers = async <Value extends object>(
    rules: readonly Rule[],
    use: UseMembers<Value>,
  ): Promise<Answer<Value>> => {
    for (let attempt = 1; ; attempt += 1) {
      const found = ofColumns(rules, (plans, asked, stored, at): Answer<Value> => {
        const members = membersOf(plans, asked, stored);
        if (!members.ok) return members;
        return accept({ ...use(members.value, asked), position: asked.reflects().position, at });
      });
      if (!found.ok) return found;
      if (found.value === null) break;
      if (!again(attempt, found.value)) return found.value;
    }
    const at = now();
    const stored = contents();
    const found = await scanMembers(rules, at, null, { ...untilTimeout(), contents: stored });
    if (!found.ok) return found;
    const { members, customers } = found.value;
    const answer = use(members, { idAt: stored.tags.idAt, customers: () => customers });
    return accept({ ...answer, position: stored.checkpoint, at });
  };

  /** The same, with the columns of that state. */
  const withColumns = async <Value extends object>(
    rules: readonly Rule[],
    use: UseColumns<Value>,
  ): Promise<Answer<Value>> => {
    const until = untilTimeout();
    for (let attempt = 1; ; attempt += 1) {
      const found = ofColumns(rules, (plans, asked, stored, at): Answer<Value> => {
        const members = membersOf(plans, asked, stored);
        if (!members.ok) return members;
        const used = use(members.value, asked, stored);
        return used.ok ? accept({ ...used.value, position: asked.reflects().position, at }) : used;
      });
      if (!found.ok) return found;
      if (found.value !== null && !again(attempt, found.value)) return found.value;
      if (found.value !== null) continue;
      const at = now();
      const stored = contents();
      const members = await scanMembers(rules, at, null, { ...until, contents: stored });
      if (!members.ok) return members;
      const answer = columns().ask((asked): Answer<Value> | null => {
        if (asked.reflects().position !== stored.checkpoint) return null;
        const used = use(members.value.members, asked, storedColumns(stored));
        return used.ok ? accept({ ...used.value, position: stored.checkpoint, at }) : used;
      }, timeoutMs);
      if (answer !== null) return answer;
      if (attempt >= mostAttempts || performance.now() > until.deadline) return refuse(tooSlow());
    }
  };

  const listed = (rows: readonly number[], { idAt }: Pick<AskedColumns, "idAt">) =>
    rows.map(row => ({ row, id: idAt(row) as CustomerId }));

  return {
    count: async rule => {
      for (let attempt = 1; ; attempt += 1) {
        const found = ofColumns([rule], ([plan], asked, stored, at): Answer<{ count: number; customers: number }> => {
          const count = asked.queries.count(plan as Plan, stored.around(asked));
          if (!count.ok) return refuse(stored.refusalOf(count.refusal));
          const { position } = asked.reflects();
          return accept({ count: count.value, customers: asked.customers(), position, at });
        });
        if (!found.ok) return found;
        if (found.value === null) break;
        if (!again(attempt, found.value)) return found.value;
      }
      return withMembers([rule], ([members], { customers }) => ({
        count: (members as Members).count,
        customers: customers(),
      }));
    },
    members: (rule, afterRow, limit) =>
      withMembers([rule], ([members], everybody) => ({
        members: listed(rowsAfter((members as Members).bits, afterRow, limit), everybody),
      })),
    reach: async (rule, asked) => {
      const rules = asked.flatMap(({ channel, purpose }) => {
        const { allowed, withdrawn } = consentOf(channel, purpose);
        return [allowed, withdrawn].map((consent): Rule => ({ kind: "all", of: [rule, consent] }));
      });
      return withMembers([rule, ...rules], ([inside, ...rest]) => {
        const { count } = inside as Members;
        const reach = asked.map(({ channel, purpose }, index) => {
          const reachable = (rest[2 * index] as Members).count;
          const withdrawn = (rest[2 * index + 1] as Members).count;
          return { channel, purpose, reachable, withdrawn, neverGranted: count - reachable - withdrawn };
        });
        return { count, reach };
      });
    },
    portrait: (rule, codes) =>
      withColumns([rule], ([inside], asked, stored) => {
        const portraits = [];
        for (const code of codes) {
          const column = stored.columnOf(code);
          const type = column === null ? null : asked.typeOf(column);
          if (column === null || type === null) return refuse(notInForce(code));
          const found = asked.queries.portrait(column, inside as Members);
          if (!found.ok) return refuse(stored.refusalOf(found.refusal));
          portraits.push({ ...found.value, buckets: found.value.buckets.map(bounded), code, type });
        }
        return accept({ portraits });
      }),
    overlap: rules => withColumns(rules, (members, asked) => accept({ both: asked.queries.overlap(members) })),
    top: (rule, by, order, limit) =>
      withColumns([rule], ([inside], asked, stored) => {
        const column = stored.columnOf(by);
        if (column === null) return refuse(notInForce(by));
        const found = asked.queries.top(inside as Members, column, order, limit);
        if (!found.ok) return refuse(stored.refusalOf(found.refusal));
        return accept({
          members: found.value.map(({ row, value }) => ({ row, id: asked.idAt(row) as CustomerId, value })),
        });
      }),
    rehearse: (draft, live, limit) =>
      withMembers([draft, live], ([next, before], everybody) => {
        const [a, b] = [(next as Members).bits, (before as Members).bits];
        const entrants = without(a, b);
        const leavers = without(b, a);
        const first = (bits: Uint8Array) => listed(rowsAfter(bits, -1, limit), everybody).map(({ id }) => id);
        const entering = countBits(entrants);
        return {
          entrants: { count: entering, first: first(entrants) },
          leavers: { count: countBits(leavers), first: first(leavers) },
          stay: (next as Members).count - entering,
        };
      }),
    asOf: async (rule, instants, known) => {
      const stored = contents();
      const until = untilTimeout();
      const sizes: number[] = [];
      for (const at of instants) {
        const found = await scanMembers([rule], at, known, { ...until, contents: stored });
        if (!found.ok) return found;
        sizes.push((found.value.members[0] as Members).count);
      }
      return accept({ sizes, position: known ?? stored.checkpoint, at: instants.at(-1) ?? now() });
    },
    membersAsOf: async (rule, at, known, afterRow, limit) => {
      const stored = contents();
      const found = await scanMembers([rule], at, known, { ...untilTimeout(), contents: stored });
      if (!found.ok) return found;
      const rows = rowsAfter((found.value.members[0] as Members).bits, afterRow, limit);
      return accept({ members: listed(rows, stored.tags), position: known ?? stored.checkpoint, at });
    },
  };
}

const bounded = (part: PortraitPart): PortraitBucket => {
  if (part.of.kind !== "range") return { ...part, of: part.of };
  const end = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { ...part, of: { kind: "range", from: end(part.of.from), to: end(part.of.to) } };
};

const notInForce = (code: TagCode): PreviewRefusal => ({
  kind: "unknown",
  path: `tag ${code}`,
  message: `${code} has no values yet: it is not published, or being filled`,
});

function without(bits: Uint8Array, other: Uint8Array): Uint8Array {
  const rest = new Uint8Array(bits.length);
  for (let index = 0; index < bits.length; index += 1) rest[index] = bits[index]! & ~(other[index] ?? 0);
  return rest;
}
