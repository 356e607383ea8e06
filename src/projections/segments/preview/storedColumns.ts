import type { Instant } from "../../../domain/instant.ts";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import { isCondition } from "../../../domain/segment/conditions.ts";
import type { Plan } from "../../../domain/segment/plan.ts";
import { planOf } from "../../../domain/segment/planOf.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { ReadModelContents } from "../../readModelStore.ts";
import type { AskedColumns } from "../columns/columns.ts";
import type { Around, QueryRefusal } from "../columns/query/around.ts";
import { snapshotsOf } from "../feed/snapshotsOf.ts";
import { localDayRange } from "../localDayRange.ts";
import { planInForce, slotColumn } from "../stage/slotColumns.ts";
import { membersName } from "../standing/standing.ts";
import type { PreviewRefusal } from "./segmentPreview.ts";

/** What one snapshot of the read models says of the columns: where values are, and what has been recorded of members. */
export type StoredColumns = {
  /** Every rule over columns, or null where one of them asks for what no column holds. */
  readonly plansOf: (rules: readonly Rule[], at: Instant) => Result<readonly Plan[] | null, PreviewRefusal>;
  readonly around: (asked: AskedColumns) => Around;
  /** Where the values of a tag are; null while they are not (yet) in force. */
  readonly columnOf: (code: TagCode) => TagCode | null;
  /** Why there is no answer, in the words of whoever asked. */
  readonly refusalOf: (refusal: QueryRefusal) => PreviewRefusal;
};

export function storedColumns({ tags, segments }: ReadModelContents): StoredColumns {
  const { slots } = tags.slots();
  const snapshot = snapshotsOf(segments);
  const codeOf = (column: TagCode): TagCode => slots.find(({ slot }) => slotColumn(slot) === column)?.code ?? column;

  const planFor = (rule: Rule, at: Instant): Result<Plan | null, PreviewRefusal> => {
    const found = planInForce(planOf(rule, { at, dayRange: localDayRange }), slots);
    if (found.kind === "ready") return accept(found.plan);
    const codes = found.codes.filter(code => !isCondition(code));
    const filling = slots.some(({ code, state }) => state === "filling" && found.codes.includes(code));
    if (codes.length === 0 && !filling) return accept(null);
    const { nextRow: done, total } = tags.filling() ?? { nextRow: 0, total: tags.customerCount() };
    return refuse({
      ...{ kind: "filling", codes, done, total },
      message: `${done} of ${total} customers are filled: ask again`,
    });
  };

  return {
    plansOf: (rules, at) => {
      const plans: Plan[] = [];
      for (const rule of rules) {
        const plan = planFor(rule, at);
        if (!plan.ok || plan.value === null) return plan.ok ? accept(null) : plan;
        plans.push(plan.value);
      }
      return accept(plans);
    },
    around: asked => ({ segmentBits: id => (asked.hasBits(membersName(id)) ? membersName(id) : null), snapshot }),
    columnOf: code => {
      const slot = slots.find(candidate => candidate.code === code && candidate.state === "serving");
      return slot === undefined ? null : slotColumn(slot.slot);
    },
    refusalOf: refusal => {
      switch (refusal.kind) {
        case "failed": {
          const { customers, examples } = refusal;
          const code = codeOf(refusal.code);
          const what = isCondition(code) ? "a condition of the rule" : `tag ${code}`;
          const message = `${what} cannot be evaluated for ${customers} of the customers`;
          return { kind: "failed", code, customers, examples, message };
        }
        case "unknownSegment":
          return { kind: "unknown", path: "rule", message: `segment ${refusal.id} does not stand` };
        case "unknownSnapshot":
          return { kind: "unknown", path: "rule", message: `segment ${refusal.id} did not stand at that instant` };
        case "unknownColumn":
          return { kind: "filling", codes: [], done: 0, total: 0, message: "values are changing over: ask again" };
        case "notNumeric":
          return { kind: "unknown", path: "rule", message: `there is no order by ${codeOf(refusal.code)}` };
      }
    },
  };
}
