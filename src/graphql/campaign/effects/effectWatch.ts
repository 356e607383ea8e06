import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { CampaignState } from "../../../domain/campaign/campaignCatalogue.ts";
import { countedEffects, effectsOf } from "../../../projections/campaigns/effects/readEffects.ts";
import type { ReadModels, ReadSession } from "../../../projections/readModels.ts";
import { notCountedNode, reportNode } from "./reportNode.ts";

/** A campaign's newest report, whole. `place` names what it says, whatever position it reflects. */
export type EffectUpdate = { readonly place: string; readonly message: object; readonly last: boolean };

/** Tells whoever follows a campaign's effects of each new report; one for the life of the process. */
export type EffectWatch = {
  /** Calls `wake` when there is a report that says something else. Returns how to stop. */
  readonly watch: (id: CampaignId, wake: () => void) => () => void;
  /** The newest report of a campaign that somebody watches, at most a second old. Throws what reading it met. */
  readonly newest: (id: CampaignId) => EffectUpdate;
};

type Followed = { readonly wakes: Set<() => void>; newest: EffectUpdate | { readonly error: unknown } };

/**
 * One wait for all followers: after a commit it makes the report of each campaign that anybody follows, once for all of them, and then
 * lets `restMs` go by. So nobody is told more often than that, and whoever is slow is told the newest only.
 */
export function createEffectWatch(
  models: Pick<ReadModels, "open" | "commits" | "waitForCommit">,
  restMs = 1_000,
): EffectWatch {
  const followed = new Map<CampaignId, Followed>();
  let running: AbortController | null = null;

  const read = (id: CampaignId): Followed["newest"] => {
    let session: ReadSession | null = null;
    try {
      session = models.open();
      return updateOf(session, id);
    } catch (error) {
      return { error };
    } finally {
      session?.release();
    }
  };
  const look = (): void => {
    for (const [id, campaign] of followed) {
      const newest = read(id);
      const isNews = "error" in newest || "error" in campaign.newest || newest.place !== campaign.newest.place;
      if (!isNews) continue;
      campaign.newest = newest;
      for (const wake of campaign.wakes) wake();
    }
  };

  async function run({ signal }: AbortController, seenAt: number): Promise<void> {
    for (let seen = seenAt; ; ) {
      await sleep(restMs, null, { signal, ref: false }).catch(() => {});
      await models.waitForCommit(seen, signal);
      if (signal.aborted) return;
      // Counted before the look: a commit in between wakes at once.
      seen = models.commits();
      look();
    }
  }

  return {
    watch: (id, wake) => {
      const seen = models.commits();
      const campaign = followed.get(id) ?? { wakes: new Set(), newest: read(id) };
      followed.set(id, campaign);
      // A function of its own for each who watches, whatever function that is.
      const tell = () => wake();
      campaign.wakes.add(tell);
      if (running === null) {
        running = new AbortController();
        void run(running, seen);
      }
      return () => {
        if (!campaign.wakes.delete(tell) || campaign.wakes.size > 0) return;
        followed.delete(id);
        if (followed.size > 0) return;
        running?.abort();
        running = null;
      };
    },
    newest: id => {
      const newest = followed.get(id)?.newest ?? read(id);
      if ("error" in newest) throw newest.error;
      return newest;
    },
  };
}

function updateOf(session: ReadSession, id: CampaignId): EffectUpdate {
  const text = session.campaignRow("campaign", id);
  if (text === null) {
    const message = `There is no campaign ${id}.`;
    return update(notCountedNode({ reason: "unknownCampaign", message }, session.position), true);
  }
  const counted = countedEffects(session, JSON.parse(text) as CampaignState);
  if (!counted.ok) return update(notCountedNode(counted.refusal, session.position), false);
  return update(reportNode(effectsOf(session, counted.value)), false);
}

/** The same figures at a later position are no news. */
function update(message: { readonly position: number; readonly at?: number }, last: boolean): EffectUpdate {
  const said = JSON.stringify({ ...message, position: 0, at: 0 });
  return { place: createHash("sha256").update(said).digest("base64url").slice(0, 22), message, last };
}
