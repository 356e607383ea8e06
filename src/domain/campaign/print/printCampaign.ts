import { formatInstant } from "../../instant.ts";
import { printRule } from "../../segment/print/printRule.ts";
import { formatDuration } from "../../tag/duration.ts";
import type { Standards } from "../../tag/standards.ts";
import {
  type Arm,
  type Budget,
  type CampaignChannel,
  type CampaignDefinition,
  type CampaignStart,
  ownZoneOf,
} from "../campaign.ts";
import type { OutsideArm, OutsideCampaign, OutsideChannel, OutsideOwnZone, OutsideStart } from "../outside.ts";
import { formatTimeOfDay } from "../timeOfDay.ts";
import { printKpi } from "./printKpi.ts";
import { printFactKinds, printMoney, printPercent } from "./printParts.ts";

/** The outside form of a campaign, with nothing left to defaults: `parseCampaign` gives the same definition again. */
export function printCampaign(campaign: CampaignDefinition, standards: Standards): OutsideCampaign {
  const { id, name, owner, description, purpose, audience, start, policy, channels, assignment } = campaign;
  const { offers, exploration, budget, kpis, outcomeWindow, breakdown, zone } = campaign;
  return {
    ...{ id, name, owner, description, purpose },
    // Everybody, which only a campaign that is run outside can say.
    ...(audience.kind === "all" && audience.of.length === 0 ? {} : { audience: printRule(audience, standards) }),
    start: printStart(start, standards),
    ...(policy === null ? {} : { policy }),
    channels: channels.map(channel => printChannel(channel, standards)),
    assignment: { version: assignment.version, salt: assignment.salt, arms: assignment.arms.map(printArm) },
    ...(offers.length === 0 ? {} : { offers, exploration: printPercent(exploration) }),
    ...(budget === null ? {} : { budget: printBudget(budget, standards) }),
    kpis: kpis.map(kpi => printKpi(kpi, standards)),
    ...{ outcomeWindow: formatDuration(outcomeWindow), breakdown, zone },
  };
}

function printStart(start: CampaignStart, standards: Standards): OutsideStart {
  switch (start.kind) {
    case "trigger":
      return { trigger: { ...printFactKinds(start, standards), maxAge: formatDuration(start.maxAge) } };
    case "once":
      return { once: { at: formatInstant(start.at), ...printOwnZone(start) } };
    case "recurring": {
      const { unit, time, from, until } = start;
      const bounds = { from: formatInstant(from), ...(until === null ? {} : { until: formatInstant(until) }) };
      return { recurring: { unit, time: formatTimeOfDay(time), ...bounds, ...printOwnZone(start) } };
    }
    case "outside":
      return { outside: true };
  }
}

function printOwnZone(start: CampaignStart): OutsideOwnZone {
  const own = ownZoneOf(start);
  if (own === null) return {};
  return { zoneAttribute: own.zoneAttribute, ...(own.zone === null ? {} : { zone: own.zone }) };
}

const printChannel = ({ channel, unitCost }: CampaignChannel, standards: Standards): OutsideChannel => ({
  channel,
  ...(unitCost === null ? {} : { unitCost: printMoney(unitCost, standards) }),
});

const printArm = ({ name, share, control, variants }: Arm): OutsideArm => ({
  ...{ name, share: printPercent(share), control },
  ...(control ? {} : { variants: variants.map(variant => ({ ...variant, share: printPercent(variant.share) })) }),
});

const printBudget = ({ money, contacts }: Budget, standards: Standards): NonNullable<OutsideCampaign["budget"]> => ({
  ...(money === null ? {} : { money: printMoney(money, standards) }),
  ...(contacts === null ? {} : { contacts }),
});
