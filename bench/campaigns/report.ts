import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { currentGeneration, generationFile } from "../../src/adapters/embedded/readModels/generations.ts";
import { openReadModelStore } from "../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { CampaignId } from "../../src/domain/campaign/campaign.ts";
import { createEffectCells } from "../../src/domain/effect/effectCells.ts";
import type { Counter, Enrolment } from "../../src/domain/effect/enrolment.ts";
import { printEnrolment } from "../../src/domain/effect/enrolmentText.ts";
import type { CampaignRowChange } from "../../src/projections/campaigns/campaignTables.ts";
import { effectsPrefix, servedEffects } from "../../src/projections/campaigns/effectRows.ts";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";
import { createDraw, type Draw } from "../segments/draw.ts";
import { registerContactable } from "./contactable.ts";
import { benchCampaign, launch } from "./launch.ts";
import { untilReady } from "./triggers.ts";

export type ReportFigure = { readonly groups: number; readonly p50: number; readonly p99: number };

const id = "spring";
const dayMs = 86_400_000;

/** The effect report of one campaign over HTTP, with so many customers assigned; milliseconds. */
export async function benchEffectReport(folder: string, assigned: number, rounds: number): Promise<ReportFigure> {
  const home = mkdtempSync(join(folder, "report-"));
  const config = benchConfig(home);
  try {
    const first = await serve(config, pino({ level: "silent" }));
    await registerContactable(first.product, 10);
    // Run outside: there is nobody whom a wave or a trigger would come to.
    const { policy: _policy, budget: _budget, audience: _audience, ...outside } = benchCampaign(id, { outside: true });
    await launch(first.product, [outside]);
    await untilReady(first.product, 1);
    await first.close();
    const groups = assign(home, assigned);
    const { url, close } = await serve(config, pino({ level: "silent" }));
    try {
      const times: number[] = [];
      for (let round = -50; round < rounds; round += 1) {
        const started = performance.now();
        const response = await fetch(`${url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query, variables: { id } }),
        });
        const text = await response.text();
        if (round >= 0) times.push(performance.now() - started);
        if (!text.includes(`"customers":${assigned}`)) throw new Error(text.slice(0, 500));
      }
      times.sort((a, b) => a - b);
      const at = (share: number): number => times[Math.floor(times.length * share)] as number;
      return { groups, p50: at(0.5), p99: at(0.99) };
    } finally {
      await close();
    }
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** The sums that so many enrolments come to, put where the stage keeps them: what they are is not what is measured. */
function assign(home: string, customers: number): number {
  const generation = currentGeneration(home);
  if (generation === null) throw new Error("there are no read models");
  const store = openReadModelStore(generationFile(home, generation));
  try {
    const campaign = CampaignId.parse(id) as CampaignId;
    const served = servedEffects(store.campaigns, campaign);
    if (served === null) throw new Error("the campaign is not counted");
    const prefix = effectsPrefix(campaign, served.counted);
    const cells = createEffectCells((kind, key) => store.campaigns.campaignRow(kind, prefix + key));
    const draw = createDraw(5);
    const today = Math.floor(Date.now() / dayMs);
    for (let customer = 0; customer < customers; customer += 1)
      cells.change(null, printEnrolment(enrolment(draw, today)));
    const campaigns = cells
      .changes()
      .map(({ kind, key, text }): CampaignRowChange => ({ kind, key: prefix + key, text }));
    const nothing = { customers: [], quarantine: [], poisoned: [], mended: [], merges: [] };
    store.commit({ ...nothing, checkpoint: store.checkpoint(), campaigns });
    return campaigns.filter(({ kind }) => kind === "group").length;
  } finally {
    store.close();
  }
}

/** Two arms, four variants, three channels, a breakdown of two segments, ninety days. */
function enrolment({ unit, below, oneOf }: Draw, today: number): Enrolment {
  const control = unit() < 0.1;
  const channel = oneOf(["email", "push", "sms"]);
  const day = today - below(90);
  const counts = new Map<Counter, number>([
    ["assigned", 1],
    ["decided", 1],
  ]);
  if (control) counts.set("skips\tcontrol", 1);
  else {
    counts.set("sends", 1);
    counts.set("cost\tEUR", 5);
    counts.set("sent", 1);
    if (unit() < 0.4) counts.set("opened", 1);
    if (unit() < 0.1) counts.set("clicked", 1);
  }
  const bought = unit() < (control ? 0.05 : 0.06);
  if (bought) counts.set("kpi\t0\tconverted", 1);
  return {
    assigned: { arm: control ? "control" : "treated", at: day * dayMs },
    variant: control ? null : oneOf(["a", "b", "c", "d"]),
    channel,
    segments: ["gold", "young"].filter(() => unit() < 0.5),
    days: [{ day, channel, counts }],
    outcomes: [{ facts: bought ? 1 : 0, y: bought ? 1 : 0, x: 0 }],
  };
}

const query = `query ($id: ID!) {
  campaign(id: $id) { effects {
    __typename
    ... on CampaignEffects {
      state sampleRatio { p mismatch } funnel { customers decided sends sent opened clicked costs { amount currency } }
      arms { arm funnel { customers sends } outcomes { kpi n converted mean deviation } }
      breakdown { name arms { arm funnel { customers } } }
      lifts { kpi arm variant figures { absolute p verdict interval { from to } newcombe { from to } relative { value } incremental } }
    }
  } }
}`;
