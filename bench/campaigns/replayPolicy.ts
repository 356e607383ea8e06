import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLeanLog } from "../../src/adapters/embedded/log/createLeanLog.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { createCampaignCatalogueReader } from "../../src/definitions/campaignCatalogueReader.ts";
import type { PolicyId } from "../../src/domain/campaign/policy.ts";
import { replayPolicy } from "../../src/projections/campaigns/replay/replayPolicy.ts";
import { median } from "../median.ts";
import { fillDecisions, triedPolicy } from "./decisionLog.ts";

export type PolicyReplayFigure = { readonly decisions: number; readonly ours: number; readonly floor: number };

/**
 * Another version of a policy tried on all decisions of a store, from the log to the report, against parsing the same decisions as JSON
 * that is in memory already. Both in decisions a second; the rounds alternate, and the medians count.
 */
export async function benchPolicyReplay(
  folder: string,
  decisions: number,
  rounds: number,
): Promise<PolicyReplayFigure> {
  const home = mkdtempSync(join(folder, "policy-replay-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  fillDecisions(writer, decisions);
  const reader = createLogReader(join(home, "events.db"), vault);
  const { policies, ...others } = await createCampaignCatalogueReader(reader)();
  const state = policies.get("retail" as PolicyId);
  if (state === undefined) throw new Error("the policy is not in the log");
  const versions = [...state.versions, { ...state.versions[0]!, version: 2, definition: triedPolicy }];
  const catalogue = { ...others, policies: new Map([[state.id, { ...state, versions }]]) };
  const trial = { policy: state.id, version: 2, campaign: null, from: null, to: null, keep: 100 };
  const log = createLeanLog(join(home, "events.db"));
  const texts = (await log.between(["campaign-decided"], 0, await log.head())).map(({ data }) => data);
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const begun = performance.now();
    const { report } = await replayPolicy({ log, catalogue, answers: null, onProgress: () => {} }, trial);
    const ended = performance.now();
    if (report.decisions !== decisions) throw new Error(`${report.decisions} of ${decisions} decisions were tried`);
    for (const text of texts) JSON.parse(text);
    // The first round is for the engine to warm up.
    if (round > 0) {
      ours.push(ended - begun);
      floor.push(performance.now() - ended);
    }
  }
  log.close();
  reader.close();
  writer.close();
  vault.close();
  rmSync(home, { recursive: true });
  const perSecond = (ms: number): number => Math.round((decisions / ms) * 1000);
  return { decisions, ours: perSecond(median(ours)), floor: perSecond(median(floor)) };
}
