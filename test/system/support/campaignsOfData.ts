import { vi } from "vitest";
import { applyCampaigns } from "../../../src/cli/applyCampaigns.ts";
import { readCampaigns } from "../../../src/cli/readCampaigns.ts";
import type { Ask } from "./graphqlClient.ts";

const ada = { kind: "PERSON", id: "ada" };
const grace = { kind: "PERSON", id: "grace" };

/** Applies, approves and starts the campaigns of `examples/<name>` as `c360 campaigns apply --start` does; gives their ids. */
export async function startCampaigns(ask: Ask, name: string): Promise<readonly string[]> {
  const read = readCampaigns([`examples/${name}`]);
  if (!read.ok) throw new Error(read.refusal.join("\n"));
  const started: string[] = [];
  await applyCampaigns(ask, read.value, { actor: ada, draftOnly: false, approver: grace, start: true }, applied => {
    if (applied.kind === "refused") throw new Error(`${applied.id}: ${applied.lines.join("; ")}`);
    if (applied.what === "campaign") started.push(applied.id);
  });
  return started;
}

export type Outcome = {
  readonly kpi: string;
  readonly n: number;
  readonly converted: number;
  readonly total: string;
  readonly mean: number | null;
  readonly deviation: number | null;
};
type Interval = { readonly from: number; readonly to: number };
export type LiftFigures = {
  readonly absolute: number;
  readonly interval: Interval;
  readonly relative: { readonly value: number };
  readonly z: number;
  readonly p: number;
  readonly incremental: number;
  readonly verdict: string;
};
type Refusal = { readonly reason: string; readonly message: string };
export type Effects = {
  readonly state: string | null;
  readonly refusal: Refusal | null;
  readonly excluded: number;
  readonly degraded: boolean;
  readonly funnel: {
    readonly customers: number;
    readonly contacts: number;
    readonly responses: readonly { readonly response: string; readonly count: number }[];
  };
  readonly arms: readonly {
    readonly arm: string;
    readonly isControl: boolean;
    readonly outcomes: readonly Outcome[];
  }[];
  readonly lifts: readonly {
    readonly kpi: string;
    readonly arm: string;
    readonly variant: string | null;
    readonly figures: LiftFigures | null;
    readonly refusal: Refusal | null;
    readonly noReturn: Refusal | null;
  }[];
  readonly sampleRatio: {
    readonly chiSquare: number;
    readonly degreesOfFreedom: number;
    readonly p: number;
    readonly mismatch: boolean;
    readonly warning: string | null;
  } | null;
};

const query = /* GraphQL */ `
  query Effects($id: ID!, $excluding: [CustomerRefInput!]) {
    campaign(id: $id) {
      effects(excluding: $excluding) {
        __typename
        ... on EffectsNotCounted { reason message }
        ... on CampaignEffects {
          state excluded degraded
          refusal { reason message }
          funnel { customers contacts responses { response count } }
          arms { arm isControl outcomes { kpi n converted total mean deviation } }
          lifts {
            kpi arm variant
            figures { absolute interval { from to } relative { value } z p incremental verdict }
            refusal { reason message }
            noReturn { reason message }
          }
          sampleRatio { chiSquare degreesOfFreedom p mismatch warning }
        }
      }
    }
  }
`;

/** What a campaign changed, as soon as it has been counted. `excluding`: references to customers. */
export async function askEffects(ask: Ask, id: string, excluding: readonly object[] = []): Promise<Effects> {
  return vi.waitFor(
    async () => {
      const { campaign } = await ask<{ campaign: { effects: Effects & { __typename: string } } | null }>(query, {
        id,
        excluding,
      });
      if (campaign?.effects.__typename !== "CampaignEffects") throw new Error(JSON.stringify(campaign));
      return campaign.effects;
    },
    { timeout: 180_000, interval: 100 },
  );
}
