import { fault, isThere, member, type Reading, readMembers, readWhole, type Spot } from "../../tag/parse/reading.ts";
import type { Budget, CampaignChannel } from "../campaign.ts";
import { mostChannels, mostContacts } from "./limits.ts";
import { isWithoutRepeats, readName, readShortList, readSumOfMoney } from "./readParts.ts";

export function readChannels(reading: Reading, spot: Spot, fewest: 0 | 1): readonly CampaignChannel[] | null {
  if (fewest === 0 && !isThere(spot)) return [];
  const channels = readShortList(reading, spot, { fewest, most: mostChannels }, item => {
    if (!readMembers(reading, item, ["channel", "unitCost"], "a channel")) return null;
    const channel = readName(reading, member(item, "channel"));
    const costSpot = member(item, "unitCost");
    const unitCost = isThere(costSpot) ? readSumOfMoney(reading, costSpot, "zero allowed") : undefined;
    return channel === null || unitCost === null ? null : { channel, unitCost: unitCost ?? null };
  });
  if (channels === null) return null;
  const codes = channels.map(({ channel }) => channel);
  return isWithoutRepeats(reading, spot, codes, "channel") ? channels : null;
}

export function readBudget(reading: Reading, spot: Spot): Budget | null {
  if (!readMembers(reading, spot, ["money", "contacts"], "a budget")) return null;
  const [moneySpot, contactsSpot] = [member(spot, "money"), member(spot, "contacts")];
  if (!isThere(moneySpot) && !isThere(contactsSpot))
    return fault(reading, spot.path, "missing", "a budget needs money, contacts or both");
  const money = isThere(moneySpot) ? readSumOfMoney(reading, moneySpot, "above zero") : undefined;
  const contacts = isThere(contactsSpot) ? readWhole(reading, contactsSpot, 1, mostContacts) : undefined;
  return money === null || contacts === null ? null : { money: money ?? null, contacts: contacts ?? null };
}

/** What is spent is one sum: all costs are in one currency, and known where money is limited. */
export function checkCosts(
  reading: Reading,
  { path }: Spot,
  channels: readonly CampaignChannel[],
  budget: Budget | null,
): void {
  const limit = budget?.money ?? null;
  const first = channels.find(({ unitCost }) => unitCost !== null)?.unitCost ?? null;
  const currency = limit?.currency ?? first?.currency;
  channels.forEach(({ unitCost }, index) => {
    const at = `${path}[${index}].unitCost`;
    if (unitCost === null) {
      const message = "is needed to keep within a budget of money; a channel that costs nothing has 0";
      if (limit !== null) fault(reading, at, "missing", message);
    } else if (unitCost.currency !== currency) {
      const whose = limit === null ? "the channel's before it" : "the budget's";
      fault(
        reading,
        `${at}.currency`,
        "currency-mismatch",
        `is ${unitCost.currency}; ${whose} is ${currency}, and costs are one sum`,
      );
    }
  });
}
