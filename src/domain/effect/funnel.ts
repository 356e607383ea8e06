import type { CampaignChannel } from "../campaign/campaign.ts";
import type { Gate } from "../decision/decision.ts";
import { type Receipt, receipts } from "./enrolment.ts";
import type { Sums } from "./sums.ts";

/** What became of some customers. But for the first two figures contacts and decisions are counted, of which a customer may have several. */
export type Funnel = {
  /** Assigned customers, or those met at all where the unassigned are among them. */
  readonly customers: number;
  /** Customers to whom anything went. */
  readonly reached: number;
  readonly decided: number;
  /** Decisions to send but for those withheld. */
  readonly sends: number;
  /** Decisions to send that were handed to no channel, since consent did not stand any more. They cost nothing. */
  readonly withheld: number;
  readonly deferred: number;
  readonly skipped: number;
  /** Reported by those who run the campaign elsewhere. */
  readonly contacts: number;
  readonly responses: readonly { readonly response: string; readonly count: number }[];
  /** Of sends what was decided, of contacts from elsewhere what their channel costs now; by currency. */
  readonly costs: readonly Amount[];
  /** Sends that gates avoided, in order of the gates' names. */
  readonly saved: readonly { readonly gate: Gate; readonly contacts: number; readonly costs: readonly Amount[] }[];
} & Readonly<Record<Receipt, number>>;

/** Minor units of a currency. */
export type Amount = { readonly currency: string; readonly minorUnits: bigint };

export type UnitCosts = ReadonlyMap<string, NonNullable<CampaignChannel["unitCost"]>>;

/** `sums`: of a group's cell, or of several. `only`: by this channel alone. */
export function funnelOf(sums: Sums, unitCosts: UnitCosts, only?: string | null): Funnel {
  const counts = new Map<string, number>();
  const costs = new Map<string, bigint>();
  const responses = new Map<string, number>();
  const skips = new Map<string, number>();
  const saved = new Map<string, Map<string, bigint>>();
  for (const [name, sum] of sums) {
    const [what, channel = "", counter = "", first = "", second = ""] = name.split("\t");
    if (what !== "count" || (only !== undefined && (only ?? "") !== channel)) continue;
    if (counter === "cost") put(costs, first, sum);
    else if (counter === "response") responses.set(first, (responses.get(first) ?? 0) + Number(sum));
    else if (counter === "skips") skips.set(first, (skips.get(first) ?? 0) + Number(sum));
    else if (counter === "saved") {
      if (!saved.has(first)) saved.set(first, new Map());
      put(saved.get(first) as Map<string, bigint>, second, sum);
    } else {
      counts.set(counter, (counts.get(counter) ?? 0) + Number(sum));
      const unit = counter === "contacts" ? unitCosts.get(channel) : undefined;
      if (unit !== undefined) put(costs, unit.currency, sum * BigInt(unit.minorUnits));
    }
  }
  const count = (counter: string): number => counts.get(counter) ?? 0;
  return {
    customers: Number(sums.get("customers") ?? 0n),
    reached: Number(sums.get("reached") ?? 0n),
    ...{
      decided: count("decided"),
      sends: count("sends"),
      withheld: count("withheld"),
      deferred: count("deferred"),
      contacts: count("contacts"),
    },
    skipped: [...skips.values()].reduce((sum, one) => sum + one, 0),
    ...(Object.fromEntries(receipts.map(receipt => [receipt, count(receipt)])) as Record<Receipt, number>),
    responses: inOrder(responses).map(([response, count]) => ({ response, count })),
    costs: amounts(costs),
    saved: inOrder(skips).map(([gate, contacts]) => ({
      ...{ gate: gate as Gate, contacts },
      costs: amounts(saved.get(gate) ?? new Map()),
    })),
  };
}

const put = (sums: Map<string, bigint>, currency: string, by: bigint): void => {
  sums.set(currency, (sums.get(currency) ?? 0n) + by);
};

const inOrder = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const amounts = (costs: ReadonlyMap<string, bigint>): Amount[] =>
  inOrder(costs).map(([currency, minorUnits]) => ({ currency, minorUnits }));
