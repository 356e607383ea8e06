import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import { isReplaceable } from "../customer/corrections.ts";
import type { FactTable, History } from "../tags/history/history.ts";
import { isEnded } from "../tags/statistic/selectedRows.ts";

/** What the profile takes from facts of a type, beside that there was one. */
const taken: Readonly<Record<CustomerEvent["type"], "all" | "account" | "nothing">> = {
  "identity-linked": "all",
  "identity-merged": "all",
  "identity-split": "all",
  "merge-proposal-rejected": "all",
  "customer-registered": "all",
  "customer-attributes-changed": "all",
  "account-opened": "all",
  "account-closed": "all",
  "balance-reported": "account",
  "transaction-posted": "account",
  "transaction-reversed": "nothing",
  "holding-changed": "all",
  "card-issued": "all",
  "card-status-changed": "all",
  "loan-granted": "all",
  "loan-status-changed": "all",
  "standing-order-set": "all",
  "standing-order-ended": "all",
  "preference-set": "all",
  "consent-granted": "all",
  "consent-withdrawn": "all",
  "relationship-established": "all",
  "relationship-ended": "all",
};

/** What the history tells of the events up to an asOf and a position, and which of them the profile has to be folded from. */
export type ProfileEvents = {
  readonly needed: readonly Position[];
  readonly firstPosition: Position;
  readonly lastPosition: Position;
  readonly lastOccurredAt: Instant;
  readonly eventCount: number;
};

/** Null where there was none yet. An account that nobody opened is known by the first movement on it. */
export function profileEvents(history: History, asOf: Instant, known: Position): ProfileEvents | null {
  const needed: Position[] = [];
  const firstOn = new Map<string, Position>();
  let firstPosition = Number.POSITIVE_INFINITY;
  let [lastPosition, lastOccurredAt, eventCount] = [0, Number.NEGATIVE_INFINITY, 0];
  for (const type of history.types().filter(isFactType)) {
    const table = history.table(type) as FactTable;
    const part = Object.hasOwn(taken, type) ? taken[type as CustomerEvent["type"]] : "nothing";
    const positions = table.positions();
    for (let row = table.indexAfter(asOf) - 1; row >= 0; row -= 1) {
      const position = positions[row] as Position;
      if (position > known) continue;
      eventCount += 1;
      firstPosition = Math.min(firstPosition, position);
      lastPosition = Math.max(lastPosition, position);
      lastOccurredAt = Math.max(lastOccurredAt, table.occurredAt(row));
      if (part === "all") {
        if (!(isReplaceable(type) && isEnded(table.endedBy(row), known))) needed.push(position);
      } else if (part === "account") {
        const account = String(table.value(row, "account"));
        if (position < (firstOn.get(account) ?? Number.POSITIVE_INFINITY)) firstOn.set(account, position);
      }
    }
  }
  if (eventCount === 0) return null;
  const inOrder = [...needed, ...firstOn.values()].sort((a, b) => a - b);
  return { needed: inOrder, firstPosition, lastPosition, lastOccurredAt, eventCount };
}

/** Tables of what others said, and of what the system found out, are named with a colon: `incoming:…`, `refreshed:…`. */
const isFactType = (type: string): boolean => !type.includes(":");
