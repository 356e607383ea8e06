import { expect, test } from "vitest";
import type { CampaignDefinition, Kpi } from "../../../../src/domain/campaign/campaign.ts";
import type { CampaignState, Said } from "../../../../src/domain/campaign/campaignCatalogue.ts";
import { enrolmentOf } from "../../../../src/domain/effect/enrolmentTag.ts";
import { countedName } from "../../../../src/projections/campaigns/effectRows.ts";
import { countedCampaign } from "../../../../src/projections/campaigns/effects/countedCampaign.ts";
import { campaign, day } from "../stage/support/campaignBank.ts";

const said: Said = { position: 1, at: 1, actor: { kind: "person", id: "ada" } };
const kpi = (code: string): Kpi => ({
  ...{ code, name: code, margin: 10_000, prePeriod: null, measure: { kind: "conversion" } },
  facts: { types: [`${code}-done`], where: null },
});
const state = (definitions: readonly CampaignDefinition[], addedKpis: readonly Kpi[]): CampaignState => ({
  ...{ id: definitions[0]!.id, status: "running", started: said, finished: null, course: [], revision: 1, addedKpis },
  versions: definitions.map((definition, index) => ({
    ...{ version: index + 1, definition, drafted: said, approved: said, ended: null },
  })),
});
const nameOf = (of: CampaignState): string => countedName(enrolmentOf(of).code);

test("while an added KPI is being counted, the whole sums are those of the KPIs before it", () => {
  const before = state([campaign("spring")], [kpi("second")]);
  const now = state([campaign("spring")], [kpi("second"), kpi("third")]);
  expect(countedCampaign(now, nameOf(before))).toMatchObject({
    ...{ version: 1, kpis: [{ code: "spend" }, { code: "second" }], awaited: ["third"] },
  });
  expect(countedCampaign(now, nameOf(now))).toMatchObject({ awaited: [] });
});

test("of versions that count the same the newest speaks, of others the one that is counted", () => {
  const first = campaign("spring");
  const renamed = { ...first, name: "Another name" };
  const longer = { ...first, outcomeWindow: 30 * day };
  expect(countedCampaign(state([first, renamed], []), nameOf(state([first], [])))?.version).toBe(2);
  const now = state([first, renamed, longer], []);
  expect(countedCampaign(now, nameOf(state([first], [])))?.version).toBe(2);
  expect(countedCampaign(now, nameOf(now))?.version).toBe(3);
  expect(countedCampaign(now, "something else")).toBeNull();
});
