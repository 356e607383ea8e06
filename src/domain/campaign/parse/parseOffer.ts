import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { largestJson, tooLargeMessage } from "../../segment/parse/parseRule.ts";
import { readRule } from "../../segment/parse/readRule.ts";
import { type RuleReading, type RuleSurroundings, readTag, startReading } from "../../segment/parse/ruleReading.ts";
import { isTextual, typeInWords } from "../../tag/check/compatible.ts";
import type { TagCode } from "../../tag/definition.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import { readInstant } from "../../tag/parse/literal.ts";
import { fault, member, readMembers, type Spot } from "../../tag/parse/reading.ts";
import { isTooLarge } from "../../tag/parse/tooLarge.ts";
import { type OfferDefinition, OfferId } from "../offer.ts";
import { readHead, readOptional, readSumOfMoney } from "./readParts.ts";

const members = ["id", "name", "owner", "description", "eligible", "value", "tier", "from", "until"] as const;
const whole = { depth: 1, related: false };

/**
 * Reads an offer in its outside form, whatever it may be, and checks it against the fact schemas and the tags; segments are looked
 * at by `checkOffer`. Refuses with everything wrong with it at once, each with its path; never throws for bad input.
 */
export function parseOffer(json: unknown, surroundings: RuleSurroundings): Result<OfferDefinition, readonly Fault[]> {
  const reading = startReading(surroundings);
  const spot: Spot = { value: json, path: "" };
  if (isTooLarge(json, largestJson)) fault(reading, "", "too-large", tooLargeMessage);
  else if (readMembers(reading, spot, members, "an offer")) {
    const offer = readOffer(reading, spot);
    if (offer !== null && reading.faults.length === 0) return accept(offer);
  }
  return refuse(boundedFaults(reading.faults));
}

function readOffer(reading: RuleReading, spot: Spot): OfferDefinition | null {
  const at = (name: (typeof members)[number]): Spot => member(spot, name);
  const head = readHead(reading, spot, OfferId.parse);
  const eligible = readRule(reading, at("eligible"), whole);
  const value = readSumOfMoney(reading, at("value"), "above zero");
  const tier = readOptional(reading, at("tier"), readTier);
  const from = readOptional(reading, at("from"), (within, inner) => readInstant(within, inner, null));
  const until = readOptional(reading, at("until"), (within, inner) => readInstant(within, inner, null));
  if (typeof from === "number" && typeof until === "number" && from >= until)
    return fault(reading, "until", "empty-window", "must be after `from`; it is the first instant without the offer");
  if (head === null || eligible === null || value === null) return null;
  if (tier === undefined || from === undefined || until === undefined) return null;
  return { ...head, eligible, value, tier, from, until };
}

function readTier(reading: RuleReading, spot: Spot): TagCode | null {
  const tag = readTag(reading, spot, whole);
  if (tag === null || isTextual(tag.type)) return tag?.code ?? null;
  const message = `offers are learned by the values of an enumeration or text; ${tag.code} is ${typeInWords(tag.type)}`;
  return fault(reading, spot.path, "type-mismatch", message);
}
