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
import { type WithheldSend, withheldSendIn } from "../projections/campaigns/withheldRows.ts";
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
    const withheld = await withheldSends(models);
    return await replayPolicy({ log: lean, catalogue, answers, withheld, onProgress }, trial);
  } finally {
    answers.close();
  }
}

const rowsAtOnce = 1_000;

/** As the read models know them: to look for them among all reports of deliveries would take longer than the replay. */
async function withheldSends(models: Pick<ReadModels, "open">): Promise<readonly WithheldSend[]> {
  const found: WithheldSend[] = [];
  const session = models.open();
  try {
    for (let after: string | undefined; ; ) {
      const range = { limit: rowsAtOnce, ...(after === undefined ? {} : { after }) };
      const rows = await session.campaignRows("withheld", range);
      found.push(...rows.map(withheldSendIn));
      if (rows.length < rowsAtOnce) return found;
      after = rows.at(-1)?.key;
    }
  } finally {
    session.release();
  }
}
