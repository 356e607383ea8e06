import { formatInstant } from "../../instant.ts";
import { describeRule } from "../../segment/describe/describeRule.ts";
import type { Standards } from "../../tag/standards.ts";
import type { OfferDefinition } from "../offer.ts";
import { moneyInWords } from "./describeCampaign.ts";

/** Worth what, for whom and when, in English sentences. */
export function describeOffer({ eligible, value, tier, from, until }: OfferDefinition, standards: Standards): string {
  const bounds = [
    ...(from === null ? [] : [`from ${formatInstant(from)}`]),
    ...(until === null ? [] : [`until before ${formatInstant(until)}`]),
  ];
  return [
    `Worth ${moneyInWords(value, standards)}.`,
    `Eligible: ${describeRule(eligible, standards)}`,
    ...(bounds.length === 0 ? [] : [`Offered ${bounds.join(" ")}.`]),
    ...(tier === null ? [] : [`Learned apart by ${tier}.`]),
  ].join(" ");
}
