import { createCampaignCatalogueReader } from "../definitions/campaignCatalogueReader.ts";
import { createTagCatalogueReader } from "../definitions/tagCatalogueReader.ts";
import type { RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { createHistoricAnswers } from "../projections/campaigns/replay/historicAnswers.ts";
import type { LeanLog } from "../projections/campaigns/replay/leanLog.ts";
import {
  type PolicyReplayed,
  type PolicyReplayParts,
  type PolicyTrial,
  replayPolicy,
} from "../projections/campaigns/replay/replayPolicy.ts";
import type { ReadModels } from "../projections/readModels.ts";
import { compileTags } from "../projections/tags/evaluation/tagProgram.ts";
import { versionsInForce } from "../projections/tags/versionsInUse.ts";

export type PolicyReplaySources = Pick<PolicyReplayParts, "onProgress"> & {
  readonly models: Pick<ReadModels, "open">;
  readonly log: Pick<LogReader, "head" | "read" | "readStream" | "findById">;
  readonly lean: LeanLog;
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
};

/** Tries a policy with the definitions that the log holds now, and with answers from the read models' histories. */
export async function policyReplayOver(
  { models, log, lean, upcast, onProgress }: PolicyReplaySources,
  trial: PolicyTrial,
): Promise<PolicyReplayed> {
  const catalogue = await createCampaignCatalogueReader(log)();
  const tags = await createTagCatalogueReader(log)();
  const versions = [...versionsInForce(tags, tags.position).values()];
  const tried = catalogue.policies.get(trial.policy)?.versions[trial.version - 1]?.definition;
  const answers = await createHistoricAnswers({
    ...{ models, log, upcast, catalogue, suppression: tried?.suppression ?? null },
    program: compileTags(versions.map(({ version, definition }) => ({ code: definition.code, version, definition }))),
  });
  try {
    return await replayPolicy({ log: lean, catalogue, answers, onProgress }, trial);
  } finally {
    answers.close();
  }
}
