/*
 * What is kept of campaigns beside the customers' own values, as rows of text. They are few or short-lived but for the cells of
 * effects, which are a few hundred for each campaign; so one table serves them all, and each kind has its own reader.
 */

/**
 * campaign, policy, offer: a state by id. effects: which sums of a campaign are whole; group, day: these sums, by cell. offerScore: how
 * often an offer was made and taken, by offer and tier; offerShown: to whom. spent: sends of
 * a campaign and what they cost; withheld: sends that were given back, by decision. waveLog: waves, by campaign and when they were due. outbox: sends that no channel has taken yet, by position. deferral: held contacts by due time. These follow from the log.
 * pending: decisions on their way into the log, and wave: audiences being worked through. They are of the generation in use alone.
 */
export type CampaignRowKind =
  | "campaign"
  | "policy"
  | "offer"
  | "group"
  | "day"
  | "effects"
  | "offerScore"
  | "offerShown"
  | "spent"
  | "withheld"
  | "waveLog"
  | "outbox"
  | "deferral"
  | "pending"
  | "wave";

export type CampaignRow = { readonly key: string; readonly text: string };
/** `text` null: the row goes. */
export type CampaignRowChange = {
  readonly kind: CampaignRowKind;
  readonly key: string;
  readonly text: string | null;
};

export type CampaignTables = {
  readonly campaignRow: (kind: CampaignRowKind, key: string) => string | null;
  /** In order of their keys (see compareKeys), strictly after one, those that begin with `prefix`. */
  readonly campaignRows: (
    kind: CampaignRowKind,
    range: { readonly prefix?: string; readonly after?: string; readonly limit: number },
  ) => readonly CampaignRow[];
};

export const campaignRowKinds: readonly CampaignRowKind[] = [
  ...([
    "campaign",
    "policy",
    "offer",
    "group",
    "day",
    "effects",
    "offerScore",
    "offerShown",
    "spent",
    "withheld",
    "waveLog",
    "outbox",
    "deferral",
    "pending",
    "wave",
  ] as const),
];

/** Which rows a rebuild must find again: see CampaignRowKind. */
export const isDerived = (kind: CampaignRowKind): boolean => kind !== "pending" && kind !== "wave";

/** By code points, which is the order of SQLite too; code units put U+E000 to U+FFFF behind what lies beyond them. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
  if (Number.isNaN(left) || Number.isNaN(right)) return a.length - b.length;
  return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Keys of numbers, in their order. */
export const numberKey = (number: number): string => String(number).padStart(16, "0");
