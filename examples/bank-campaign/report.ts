import { c360, type Product } from "./product.ts";
import { chances, trueLift } from "./world.ts";

type Effects = {
  readonly arms: readonly {
    readonly arm: string;
    readonly isControl: boolean;
    readonly funnel: { readonly customers: number };
  }[];
  readonly lifts: readonly {
    readonly kpi: string;
    readonly variant: string | null;
    readonly figures: {
      readonly absolute: number;
      readonly interval: { readonly from: number; readonly to: number };
    } | null;
  }[];
};
type Decision = {
  readonly why: string;
  readonly outcome: string;
  readonly customer: {
    readonly identities: { readonly nodes: readonly { readonly system: string; readonly id: string }[] };
  };
  readonly gates: readonly {
    readonly gate: string;
    readonly channel: string | null;
    readonly verdict: string;
    readonly detail: string;
  }[];
};

export const rule = "─".repeat(100);

/** What is told of one campaign, and what only its makers know: the truth that was put in. */
export type Truth = {
  readonly campaign: string;
  readonly kpi: string;
  /** Customers to whom a message was delivered. */
  readonly delivered: number;
  readonly anyway: number;
  readonly forMessage: number;
};
export const truths = (delivered: { readonly savings: number; readonly abroad: number }): readonly Truth[] => [
  {
    ...{ campaign: "savings-spring", kpi: "opened-savings", delivered: delivered.savings },
    ...{ anyway: chances.savesAnyway, forMessage: chances.savesForMessage },
  },
  {
    ...{ campaign: "insured-abroad", kpi: "insured", delivered: delivered.abroad },
    ...{ anyway: chances.insuresAnyway, forMessage: chances.insuresForMessage },
  },
];

/** Prints the effects as `c360 campaigns effects` does, the truth beside them, and why some were contacted and others not. */
export async function printOutcome(
  product: Product,
  folder: string,
  told: readonly Truth[],
  say: (text: string) => void,
): Promise<void> {
  for (const truth of told) {
    const show = ["campaigns", "effects", truth.campaign, "--data", folder];
    say(`\n${rule}\n$ c360 campaigns effects ${truth.campaign}\n`);
    say((await c360(...show)).trimEnd());
    say(`\n${besideTheTruth(truth, JSON.parse(await c360(...show, "--json")) as Effects)}`);
  }
  say(`\n${rule}\nWhy somebody was contacted, or was not (insured-abroad)`);
  for (const reason of [null, "CAP", "QUIET_HOURS", "CONTROL", "CONSENT", "HOLDOUT"]) {
    const decision = await someDecision(product, "insured-abroad", reason);
    if (decision !== null) say(whyLines(decision, reason === null).join("\n"));
  }
}

function besideTheTruth({ kpi, delivered, anyway, forMessage }: Truth, { arms, lifts }: Effects): string {
  const assigned = arms.find(({ isControl }) => !isControl)?.funnel.customers ?? 0;
  const figures = lifts.find(lift => lift.kpi === kpi && lift.variant === null)?.figures;
  if (figures == null || assigned === 0) return "Too few were assigned to tell a lift.";
  const truth = trueLift(delivered, assigned, anyway, forMessage);
  const { absolute, interval } = figures;
  const holds = interval.from <= truth && truth <= interval.to;
  const points = (share: number): string => `${(share * 100).toFixed(2)} points`;
  return `The truth that was put in: ${points(truth)} more ${kpi}. Measured: ${points(absolute)}; the interval ${
    holds ? "holds the truth" : "misses the truth, as one of twenty does"
  }.`;
}

async function someDecision({ ask }: Product, campaign: string, reason: string | null): Promise<Decision | null> {
  const which = reason === null ? "outcome: SEND" : `reason: ${reason}`;
  for (let after: string | null = null; ; ) {
    const {
      campaign: found,
    }: {
      campaign: { decisions: { nodes: readonly Decision[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    } = await ask(
      `query ($id: ID!, $after: Cursor) {
          campaign(id: $id) {
            decisions(first: 50, after: $after, ${which}) {
              nodes { why outcome customer { identities(first: 5) { nodes { system id } } } gates { gate channel verdict detail } }
              pageInfo { hasNextPage endCursor }
            }
          }
        }`,
      { id: campaign, after },
    );
    const [first] = found.decisions.nodes;
    if (first !== undefined) return first;
    if (!found.decisions.pageInfo.hasNextPage) return null;
    after = found.decisions.pageInfo.endCursor;
  }
}

function whyLines({ why, customer, gates }: Decision, gateByGate: boolean): readonly string[] {
  const id = customer.identities.nodes.find(({ system }) => system === "crm")?.id;
  if (!gateByGate) return [`\nCustomer ${id}: ${why}`];
  return [
    `\nCustomer ${id}, gate by gate:`,
    ...gates.map(
      ({ gate, channel, verdict, detail }) =>
        `    ${gate.toLowerCase().replaceAll("_", " ").padEnd(12)} ${(channel ?? "").padEnd(6)} ${verdict.toLowerCase().padEnd(8)} ${detail}`,
    ),
    `In a sentence: ${why}`,
  ];
}
