import type { OutsideSegmentRule } from "../segment/outside.ts";
import type { OutsideField, OutsideFilter } from "../tag/outside.ts";

/*
 * Campaigns, policies and offers as people and machines write them: the same JSON in files and in GraphQL inputs. Where there is a
 * choice, an object has exactly one member, named after what was chosen (`@oneOf` in GraphQL); a choice without parameters is `true`.
 * Percentages and amounts are decimals as text ("12.50"), or whole JSON numbers; lengths of time are ISO 8601 durations ("PT36H", "P14D").
 */

export type OutsideDecimal = string | number;
export type OutsideMoney = { readonly amount: OutsideDecimal; readonly currency: string };
export type OutsideFactKinds = { readonly types: readonly string[]; readonly where?: OutsideFilter };

export type OutsideCampaign = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly purpose: string;
  /** May be left out where the campaign is run outside: everybody. */
  readonly audience?: OutsideSegmentRule;
  readonly start: OutsideStart;
  readonly policy?: string;
  /** In order of preference. May be left out where the campaign is run outside. */
  readonly channels?: readonly OutsideChannel[];
  /** Default: one arm "all" of everybody. */
  readonly assignment?: OutsideAssignment;
  readonly offers?: readonly string[];
  /** Percent of sends. Default: 0. */
  readonly exploration?: OutsideDecimal;
  /** At least one of the two. */
  readonly budget?: { readonly money?: OutsideMoney; readonly contacts?: number };
  readonly kpis: readonly OutsideKpi[];
  /** Default: P14D. */
  readonly outcomeWindow?: string;
  /** Ids of segments. */
  readonly breakdown?: readonly string[];
  readonly zone: string;
};

/**
 * Exactly one member. Days begin in the campaign's zone. With `zoneAttribute` a wave comes to each customer when its own clock shows
 * the time; `zone` is that of customers whose attribute is missing or names none.
 */
export type OutsideStart = {
  /** `maxAge` default: PT1H. */
  readonly trigger?: OutsideFactKinds & { readonly maxAge?: string };
  readonly once?: { readonly at: string } & OutsideOwnZone;
  /** `time` of day: "09:00". */
  readonly recurring?: {
    readonly unit: "day" | "week" | "month";
    readonly time: string;
    readonly from: string;
    readonly until?: string;
  } & OutsideOwnZone;
  readonly outside?: true;
};
export type OutsideOwnZone = { readonly zoneAttribute?: string; readonly zone?: string };

export type OutsideChannel = { readonly channel: string; readonly unitCost?: OutsideMoney };

export type OutsideAssignment = {
  /** Default: 1. */
  readonly version?: number;
  /** Default: the campaign's id. */
  readonly salt?: string;
  readonly arms: readonly OutsideArm[];
};
export type OutsideArm = {
  readonly name: string;
  /** Percent of the audience. */
  readonly share: OutsideDecimal;
  readonly control?: boolean;
  /** Shares are percents of the arm. Default: one variant named like the arm. */
  readonly variants?: readonly OutsideVariant[];
};
export type OutsideVariant = {
  readonly name: string;
  readonly share: OutsideDecimal;
  readonly content?: Readonly<Record<string, string>>;
};

export type OutsideKpi = {
  readonly code: string;
  readonly name: string;
  readonly facts: OutsideFactKinds;
  /** Exactly one member. Default: conversion. */
  readonly measure?: { readonly conversion?: true; readonly count?: true; readonly sum?: OutsideField };
  /** Percent, of sums of money only. Default: 100. */
  readonly margin?: OutsideDecimal;
  readonly prePeriod?: string;
};

export type OutsidePolicy = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly suppression?: OutsideSegmentRule;
  readonly holdout?: { readonly salt: string; readonly percent: OutsideDecimal };
  readonly caps?: readonly OutsideCap[];
  readonly quietHours?: OutsideQuietHours;
  readonly exempt?: readonly string[];
};
export type OutsideCap = {
  readonly channels?: readonly string[];
  readonly purposes?: readonly string[];
  readonly most: number;
  readonly within: string;
};
/** At least one of `zoneAttribute` and `zone`. */
export type OutsideQuietHours = {
  readonly from: string;
  readonly to: string;
  readonly zoneAttribute?: string;
  readonly zone?: string;
  readonly then: "hold" | "drop";
};

export type OutsideOffer = {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  readonly eligible: OutsideSegmentRule;
  readonly value: OutsideMoney;
  /** The code of a tag. */
  readonly tier?: string;
  /** RFC 3339 instants. */
  readonly from?: string;
  readonly until?: string;
};
