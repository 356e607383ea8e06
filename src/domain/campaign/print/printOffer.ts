import { formatInstant } from "../../instant.ts";
import { printRule } from "../../segment/print/printRule.ts";
import type { Standards } from "../../tag/standards.ts";
import type { OfferDefinition } from "../offer.ts";
import type { OutsideOffer } from "../outside.ts";
import { printMoney } from "./printParts.ts";

/** The outside form of an offer: `parseOffer` gives the same definition again. */
export function printOffer(offer: OfferDefinition, standards: Standards): OutsideOffer {
  const { id, name, owner, description, eligible, value, tier, from, until } = offer;
  return {
    ...{ id, name, owner, description },
    ...{ eligible: printRule(eligible, standards), value: printMoney(value, standards) },
    ...(tier === null ? {} : { tier }),
    ...(from === null ? {} : { from: formatInstant(from) }),
    ...(until === null ? {} : { until: formatInstant(until) }),
  };
}
