import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import type { Standing } from "../../../domain/tag/rule.ts";
import { standingTypes } from "../../../domain/tag/standing.ts";
import type { FactTable, History } from "../history/history.ts";
import { counts } from "./newestRow.ts";

/**
 * How facts set and end things, as the profile folds them: of what two facts say about one thing the one that was true later stands
 * (same instant: the one learned later).
 */
type StandingFacts = {
  readonly types: readonly string[];
  /** The field that names the thing. */
  readonly key: string;
  /** Whether the thing stands after this fact; null where the fact does not say. */
  readonly stands: (table: FactTable, row: number) => boolean | null;
};

/** Statuses with which sources say that a loan is over: "finished", "finished-unpaid", "repaid", "closed" … */
const loanOver = /^(finished|closed|repaid|ended|cancelled|canceled|terminated|written-off|settled)/i;
const noQuantity = /^[+-]?0+(\.0*)?$/;

const setBy =
  (...types: string[]) =>
  (table: FactTable): boolean =>
    types.includes(table.type);

const loanStands = (table: FactTable, row: number): boolean | null => {
  const status = table.value(row, "status");
  if (typeof status === "string") return !loanOver.test(status);
  return table.type === "loan-granted" ? true : null;
};

export const standingFacts: Readonly<Record<Standing, StandingFacts>> = {
  account: { types: standingTypes.account, key: "account", stands: setBy("account-opened") },
  card: {
    types: standingTypes.card,
    key: "cardId",
    stands: (table, row) => table.type === "card-issued" || table.value(row, "status") === "active",
  },
  loan: { types: standingTypes.loan, key: "loanId", stands: loanStands },
  "standing-order": {
    types: standingTypes["standing-order"],
    key: "orderId",
    stands: setBy("standing-order-set"),
  },
  holding: {
    types: standingTypes.holding,
    key: "instrument",
    stands: (table, row) => !noQuantity.test(String(table.value(row, "quantity"))),
  },
  relationship: {
    types: standingTypes.relationship,
    key: "relationshipId",
    stands: setBy("relationship-established"),
  },
};

/** One thing that stands: what its facts say, newest first. A field's value is that of the newest fact that has it. */
export type StandingThing = {
  readonly key: string;
  readonly facts: readonly { readonly table: FactTable; readonly row: number }[];
};

/** The things of one kind that stand at `at`, in order of their keys' first fact. */
export function standingThings(history: History, of: StandingFacts, at: Instant, known: Position): StandingThing[] {
  const facts = new Map<string, { table: FactTable; row: number }[]>();
  for (const type of of.types) {
    const table = history.table(type);
    if (table === null) continue;
    const end = table.indexAfter(at);
    for (let row = 0; row < end; row += 1) {
      const key = table.value(row, of.key);
      if (typeof key !== "string" || !counts(table, row, known)) continue;
      const found = facts.get(key);
      if (found === undefined) facts.set(key, [{ table, row }]);
      else found.push({ table, row });
    }
  }
  const things: StandingThing[] = [];
  for (const [key, all] of facts) {
    all.sort(newestFirst);
    if (stands(all, of)) things.push({ key, facts: all });
  }
  return things;
}

type Fact = StandingThing["facts"][number];

/** As the newest fact says that says it. */
function stands(newestFirst: readonly Fact[], of: StandingFacts): boolean {
  for (const { table, row } of newestFirst) {
    const said = of.stands(table, row);
    if (said !== null) return said;
  }
  return false;
}

const newestFirst = (a: Fact, b: Fact): number =>
  b.table.occurredAt(b.row) - a.table.occurredAt(a.row) || b.table.position(b.row) - a.table.position(a.row);

export function fieldOfThing({ facts }: StandingThing, field: string): JsonScalar | undefined {
  for (const { table, row } of facts) {
    const value = table.value(row, field);
    if (value !== undefined) return value;
  }
  return undefined;
}
