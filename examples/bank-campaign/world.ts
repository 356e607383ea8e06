import type { Draw } from "./draw.ts";
import type { CloudEvent } from "./product.ts";

/* What customers would do: the truth that the campaigns are to find out. Whatever is drawn is drawn by customer, not by arm. */

/** A customer of the generated bank. */
export type Customer = {
  readonly crm: string;
  /** The account that the card belongs to. */
  readonly account: string | null;
  readonly savings: boolean;
  readonly kind: string | null;
};

/** A line of an outbox file, as far as this example looks at it. */
export type Message = {
  readonly decisionId: string;
  readonly campaignId: string;
  readonly channel: string;
  readonly identities: readonly { readonly system: string; readonly id: string }[];
};

export const chances = {
  delivered: 0.97,
  opened: 0.45,
  clicked: 0.3,
  unsubscribed: 0.01,
  /** Opens a savings account, message or not. */
  savesAnyway: 0.06,
  /** Of those who would not have: opens one because a message was delivered. */
  savesForMessage: 0.12,
  insuresAnyway: 0.1,
  insuresForMessage: 0.3,
  travels: 0.25,
  buysTwice: 0.4,
} as const;

const instant = (at: number): string => new Date(at).toISOString();
export const crmOf = ({ identities }: Message): string => identities.find(({ system }) => system === "crm")?.id ?? "";

export const wasDelivered = (draw: Draw, message: Message): boolean =>
  draw.happens(chances.delivered, "delivered", message.campaignId, crmOf(message));

/** What the channel's provider reports of one message. */
export function receiptsOf(draw: Draw, message: Message): readonly object[] {
  const { decisionId: contactId, campaignId, channel } = message;
  const person = crmOf(message);
  const receipt = (status: string) => ({ contactId, status });
  if (!wasDelivered(draw, message)) return [{ ...receipt("bounced"), reason: "mailbox unknown" }];
  if (draw.happens(chances.unsubscribed, "unsubscribed", campaignId, person))
    return [receipt("delivered"), receipt("unsubscribed")];
  if (channel === "sms" || !draw.happens(chances.opened, "opened", campaignId, person)) return [receipt("delivered")];
  const clicked = draw.happens(chances.clicked, "clicked", campaignId, person);
  return [receipt("delivered"), receipt("opened"), ...(clicked ? [receipt("clicked")] : [])];
}

/** A savings account with money in it, of whoever opens one; `at`: when, in milliseconds. */
export function savingsOf(draw: Draw, crm: string, delivered: boolean, at: number): readonly CloudEvent[] {
  const anyway = draw.happens(chances.savesAnyway, "saves anyway", crm);
  const opens = anyway || (delivered && draw.happens(chances.savesForMessage, "saves for the message", crm));
  if (!opens) return [];
  const account = { system: "core", id: `savings-${crm}` };
  const subject = `customer/crm/${crm}`;
  const amount = `${200 + Math.floor(draw.of("puts aside", crm) * 2_300)}.00`;
  return [
    {
      ...{ id: `opened-${crm}`, source: "core", type: "account-opened", subject },
      time: instant(at),
      data: { account, product: "savings", currency: "EUR" },
    },
    {
      ...{ id: `saved-${crm}`, source: "core", type: "transaction-posted", subject },
      time: instant(at + 1),
      data: {
        account,
        direction: "credit",
        amount: { amount, currency: "EUR" },
        operation: "transfer",
        purpose: "saving",
      },
    },
  ];
}

/** Card purchases abroad of whoever travels, the `nth` of each; nobody buys more than twice. */
export function purchaseAbroad(draw: Draw, { crm, account }: Customer, nth: 1 | 2, at: number): readonly CloudEvent[] {
  const travels = account !== null && draw.happens(chances.travels, "travels", crm);
  if (!travels || (nth === 2 && !draw.happens(chances.buysTwice, "buys twice", crm))) return [];
  const country = ["ES", "IT", "GR", "HR"][Math.floor(draw.of("country", crm) * 4)];
  const amount = `${10 + Math.floor(draw.of("price", crm, nth) * 90)}.90`;
  return [
    {
      ...{ id: `abroad-${crm}-${nth}`, source: "cards", type: "transaction-posted", subject: `customer/crm/${crm}` },
      time: instant(at),
      data: {
        account: { system: "core", id: account },
        direction: "debit",
        amount: { amount, currency: "EUR" },
        operation: "card-purchase",
        details: { country },
      },
    },
  ];
}

export function insuranceOf(draw: Draw, crm: string, delivered: boolean, at: number): readonly CloudEvent[] {
  const anyway = draw.happens(chances.insuresAnyway, "insures anyway", crm);
  const takes = anyway || (delivered && draw.happens(chances.insuresForMessage, "insures for the message", crm));
  if (!takes) return [];
  return [
    {
      ...{ id: `insured-${crm}`, source: "app", type: "behaviour-observed", subject: `customer/crm/${crm}` },
      time: instant(at),
      data: { name: "insurance-taken" },
    },
  ];
}

/** The difference per assigned customer that messages make on average, when so many of the assigned were delivered one. */
export const trueLift = (delivered: number, assigned: number, anyway: number, forMessage: number): number =>
  ((1 - anyway) * forMessage * delivered) / assigned;

/** Cities by the hour that it is in them: where it is about noon now, and where it is night. */
export function zonesNow(now: number): { readonly day: string; readonly night: string } {
  const hours = cities.map(zone => ({ zone, hour: hourIn(zone, now) }));
  const near = (wanted: number): string =>
    hours.reduce((best, one) => (Math.abs(one.hour - wanted) < Math.abs(best.hour - wanted) ? one : best)).zone;
  return { day: near(13), night: near(2) };
}
const cities = [
  ...["Pacific/Honolulu", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Sao_Paulo"],
  ...["Atlantic/Azores", "Europe/London", "Europe/Prague", "Europe/Athens", "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka"],
  ...["Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"],
];
const hourIn = (zone: string, at: number): number =>
  Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(at));
