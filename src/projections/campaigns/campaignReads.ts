import type { CampaignState, OfferState, PolicyState } from "../../domain/campaign/campaignCatalogue.ts";
import type { CampaignTables } from "./campaignTables.ts";
import type { Spent } from "./stage/contactLedger.ts";
import type { WaveRecord } from "./stage/waves.ts";

/* The rows of campaigns as what they say. */

type States = { readonly campaign: CampaignState; readonly policy: PolicyState; readonly offer: OfferState };
export type StateKind = keyof States;

export function stateOf<Kind extends StateKind>(tables: CampaignTables, kind: Kind, id: string): States[Kind] | null {
  const text = tables.campaignRow(kind, id);
  return text === null ? null : (JSON.parse(text) as States[Kind]);
}

const rowsAtOnce = 100;

/** Those that are wanted, by id, after one. */
export function statesAfter<Kind extends StateKind>(
  tables: CampaignTables,
  kind: Kind,
  after: string | undefined,
  limit: number,
  wanted: (state: States[Kind]) => boolean,
): readonly States[Kind][] {
  const found: States[Kind][] = [];
  for (let from = after; found.length < limit; ) {
    const rows = tables.campaignRows(kind, { limit: rowsAtOnce, ...(from === undefined ? {} : { after: from }) });
    for (const { text } of rows) {
      const state = JSON.parse(text) as States[Kind];
      if (found.length < limit && wanted(state)) found.push(state);
    }
    if (rows.length < rowsAtOnce) break;
    from = rows.at(-1)?.key;
  }
  return found;
}

/** Sends of a campaign, and what they cost in minor units. */
export function spentOf(tables: CampaignTables, id: string): Spent {
  const text = tables.campaignRow("spent", id);
  return text === null ? { contacts: 0, minorUnits: 0 } : (JSON.parse(text) as Spent);
}

/** Every wave of a campaign, by when it was due. */
export function wavesOf(tables: CampaignTables, id: string): readonly WaveRecord[] {
  const waves: WaveRecord[] = [];
  for (let after: string | undefined; ; ) {
    const range = { prefix: `${id}/`, limit: rowsAtOnce, ...(after === undefined ? {} : { after }) };
    const rows = tables.campaignRows("waveLog", range);
    waves.push(...rows.map(({ text }) => JSON.parse(text) as WaveRecord));
    if (rows.length < rowsAtOnce) return waves;
    after = rows.at(-1)?.key;
  }
}

/** How often an offer was made and taken by customers of one tier. `tier` null: without a tier. */
export type OfferScoreRow = {
  readonly tier: string | null;
  readonly shown: number;
  readonly successes: number;
};

/** By tier, without one first, strictly after a tier (null: after the one without; undefined: from the start). */
export function offerScoresAfter(
  tables: CampaignTables,
  id: string,
  after: string | null | undefined,
  limit: number,
): readonly OfferScoreRow[] {
  const scoreIn = (tier: string | null, text: string): OfferScoreRow => ({
    tier,
    ...(JSON.parse(text) as Omit<OfferScoreRow, "tier">),
  });
  const text = after === undefined ? tables.campaignRow("offerScore", id) : null;
  const first = text === null ? [] : [scoreIn(null, text)];
  const prefix = `${id}/`;
  const range = { prefix, limit, ...(typeof after === "string" ? { after: prefix + after } : {}) };
  const tiers = tables.campaignRows("offerScore", range);
  return [...first, ...tiers.map(row => scoreIn(row.key.slice(prefix.length), row.text))].slice(0, limit);
}
