import { type Month, monthOfYear, yearOf } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { euros, type Telling, tell } from "../telling.ts";
import { isSilent } from "./income.ts";
import { someTime } from "./monthAt.ts";
import { ageAt } from "./register.ts";

/** One campaign in each quarter, in its second month. */
const themes = [
  { theme: "savings-bonus", offerId: "savings-plus", channel: "email" },
  { theme: "travel-card", offerId: "gold-card", channel: "email" },
  { theme: "back-to-school", offerId: "junior-account", channel: "sms" },
  { theme: "winter-loan", offerId: "personal-loan", channel: "email" },
] as const;

/** Messages to customers who allow them, the channel's receipts, and answers. */
export function campaign(telling: Telling, { adults }: Household, month: Month): void {
  const { draw } = telling;
  if (monthOfYear(month) % 3 !== 2) return;
  const { theme, offerId, channel } = themes[Math.floor((monthOfYear(month) - 1) / 3)]!;
  const campaignId = `${theme}-${yearOf(month)}`;
  for (const person of adults) {
    if (!person.consents.has(`${channel}/marketing`) || !draw.chance(300) || isSilent(person, month)) continue;
    contact(telling, person, month, campaignId, offerId, channel);
  }
}

function contact(
  telling: Telling,
  person: Person,
  month: Month,
  campaignId: string,
  offerId: string,
  channel: string,
): void {
  const { draw } = telling;
  const at = someTime(draw, month, 9, 18);
  if (at <= person.registeredAt || ageAt(person, at) < 18) return;
  const contactId = `ct-${campaignId}-${person.ref.id}`;
  const extra = { correlationId: contactId };
  const report = (after: number, status: string): boolean =>
    tell(
      telling,
      person,
      at + after,
      "campaigns",
      "delivery-reported",
      { contactId, campaignId, channel, status },
      extra,
    );
  const variant = person.index % 2 === 0 ? "A" : "B";
  const told = tell(
    telling,
    person,
    at,
    "campaigns",
    "campaign-contacted",
    { contactId, campaignId, channel, purpose: "marketing", variant, offerId },
    extra,
  );
  if (!told) return;
  if (draw.chance(25)) return void report(20, "bounced");
  report(draw.int(2, 40), "delivered");
  if (channel === "email" && !draw.chance(variant === "A" ? 260 : 320)) return;
  const read = draw.int(600, 90_000);
  if (channel === "email") report(read, "opened");
  if (!draw.chance(300)) return;
  report(read + draw.int(5, 90), "clicked");
  if (!draw.chance(350)) return;
  const accepted = draw.chance(550);
  const response = accepted ? "accepted" : draw.pick(["declined", "later"]);
  tell(
    telling,
    person,
    at + read + draw.int(200, 4000),
    "campaigns",
    "campaign-responded",
    {
      campaignId,
      contactId,
      channel,
      response,
      offerId,
      ...(accepted ? { value: euros(draw.int(20, 400) * 100) } : {}),
    },
    extra,
  );
}
