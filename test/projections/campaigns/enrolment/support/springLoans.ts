import type { CampaignDefinition, CampaignId, Kpi } from "../../../../../src/domain/campaign/campaign.ts";
import type { CampaignState } from "../../../../../src/domain/campaign/campaignCatalogue.ts";

export const day = 86_400_000;

const kpi = (code: string, rest: Pick<Kpi, "facts" | "measure"> & Partial<Kpi>): Kpi => ({
  ...{ code, name: code, margin: 10_000, prePeriod: null },
  ...rest,
});
const purchases = { types: ["transaction-posted"], where: null };

export const kpis: readonly Kpi[] = [
  kpi("bought", {
    facts: {
      types: ["transaction-posted"],
      where: { kind: "in", field: "direction", values: ["debit"] },
    },
    measure: { kind: "conversion" },
    prePeriod: 3 * day,
  }),
  kpi("spent", {
    facts: purchases,
    measure: { kind: "sum", field: "amount", form: { kind: "money", currency: "CZK" } },
    prePeriod: 2 * day,
  }),
  kpi("seen", {
    facts: { types: ["behaviour-observed", "transaction-posted"], where: null },
    measure: { kind: "count" },
  }),
];

const definition: CampaignDefinition = {
  id: "spring-loans" as CampaignId,
  ...{ name: "Spring loans", owner: "ada", description: "", purpose: "marketing" },
  audience: { kind: "all", of: [] },
  start: { kind: "outside" },
  policy: null,
  channels: [{ channel: "email", unitCost: { minorUnits: 150, currency: "CZK" } }],
  assignment: {
    version: 1,
    salt: "s",
    arms: [
      { name: "a", share: 5000, control: false, variants: [{ name: "plain", share: 10_000, content: {} }] },
      { name: "control", share: 5000, control: true, variants: [] },
    ],
  },
  ...{ offers: [], exploration: 0, budget: null, kpis, breakdown: [], zone: "Europe/Prague" },
  outcomeWindow: 4 * day,
};

const said = { position: 1, at: 0, actor: { kind: "person" as const, id: "ada" } };

/** A campaign as the log tells of it; only what its enrolments may hang on differs. */
export const springLoans = (
  changes: Partial<CampaignDefinition> = {},
  addedKpis: readonly Kpi[] = [],
): CampaignState => ({
  id: definition.id,
  status: "running",
  versions: [{ version: 1, definition: { ...definition, ...changes }, drafted: said, approved: said, ended: null }],
  started: said,
  finished: null,
  addedKpis,
  course: [],
  revision: 0,
});
