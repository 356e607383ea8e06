import { formatInstant } from "../../instant.ts";
import type { Money } from "../../money.ts";
import { describeRule } from "../../segment/describe/describeRule.ts";
import { describeFacts } from "../../tag/describe/describeFacts.ts";
import { listed } from "../../tag/describe/describeValue.ts";
import { durationInWords } from "../../tag/duration.ts";
import type { FactFilter } from "../../tag/factSelection.ts";
import type { Standards } from "../../tag/standards.ts";
import {
  type Arm,
  type CampaignDefinition,
  type CampaignStart,
  type Kpi,
  type OwnZone,
  ownZoneOf,
} from "../campaign.ts";
import { printMoney, printPercent } from "../print/printParts.ts";
import { formatTimeOfDay } from "../timeOfDay.ts";

/** A campaign in a few English sentences: who, when, how, in which arms, within which limits, judged by what. */
export function describeCampaign(campaign: CampaignDefinition, standards: Standards): string {
  const { purpose, audience, start, policy, channels, assignment, offers, budget, kpis, outcomeWindow } = campaign;
  const isEverybody = audience.kind === "all" && audience.of.length === 0;
  const by = channels.length === 0 ? "" : `, by ${channels.map(({ channel }) => channel).join(", else ")}`;
  const limits = [
    ...(budget?.contacts == null ? [] : [`${budget.contacts} contacts`]),
    ...(budget?.money == null ? [] : [moneyInWords(budget.money, standards)]),
  ];
  return [
    `For ${purpose}${by}.`,
    `Who: ${isEverybody ? "everybody." : describeRule(audience, standards)}`,
    `When: ${describeStart(start, campaign.zone, standards)}.`,
    `Arms: ${assignment.arms.map(describeArm).join("; ")}.`,
    ...(policy === null ? [] : [`Under policy ${policy}.`]),
    ...(offers.length === 0 ? [] : [`The best offer of ${listed(offers, "and")}.`]),
    ...(limits.length === 0 ? [] : [`At most ${limits.join(" and ")}.`]),
    `Within ${durationInWords(outcomeWindow)} of the assignment: ${kpis.map(kpi => describeKpi(kpi, standards)).join("; ")}.`,
  ].join(" ");
}

/** "bought-card: whether there are any card-issued facts". */
export function describeKpi({ code, facts, measure }: Kpi, standards: Standards): string {
  const of = factsInWords(facts, standards);
  switch (measure.kind) {
    case "conversion":
      return `${code}: whether there are any ${of}`;
    case "count":
      return `${code}: number of ${of}`;
    case "sum": {
      const currency = measure.form.kind === "money" ? ` in ${measure.form.currency}` : "";
      return `${code}: sum of ${measure.field}${currency} over ${of}`;
    }
  }
}

function describeStart(start: CampaignStart, zone: string, standards: Standards): string {
  switch (start.kind) {
    case "trigger":
      return `at each of the ${factsInWords(start, standards)}, up to ${durationInWords(start.maxAge)} after it occurred`;
    case "once": {
      const at = `once, at ${formatInstant(start.at)}`;
      const own = ownZoneOf(start);
      return own === null ? at : `${at} by the clocks of ${zone}, each customer by its own: ${ownZoneInWords(own)}`;
    }
    case "recurring": {
      const every = {
        day: "every day",
        week: "on the first day of every week",
        month: "on the first day of every month",
      };
      const until = start.until === null ? "" : ` until before ${formatInstant(start.until)}`;
      const own = ownZoneOf(start);
      const whose = own === null ? ` (${zone})` : `, each customer by its own clock: ${ownZoneInWords(own)}`;
      return `${every[start.unit]} at ${formatTimeOfDay(start.time)}${whose}, from ${formatInstant(start.from)}${until}`;
    }
    case "outside":
      return "run outside: assignments and contacts come as facts";
  }
}

const ownZoneInWords = ({ zoneAttribute, zone }: OwnZone): string =>
  `in the zone of the attribute ${zoneAttribute} (${zone === null ? "never where it is unknown" : `${zone} where it is unknown`})`;

function describeArm({ name, share, control, variants }: Arm): string {
  const own = `${name} ${printPercent(share)} %`;
  if (control) return `${own}, control`;
  const [only] = variants;
  if (variants.length === 1 && only?.name === name) return own;
  return `${own} (${variants.map(variant => `${variant.name} ${printPercent(variant.share)} %`).join(", ")})`;
}

type FactKinds = { readonly types: readonly string[]; readonly where: FactFilter | null };
const factsInWords = ({ types, where }: FactKinds, standards: Standards): string =>
  describeFacts({ types, where, window: { kind: "lifetime" } }, standards);

export function moneyInWords(money: Money, standards: Standards): string {
  const { amount, currency } = printMoney(money, standards);
  return `${amount} ${currency}`;
}
