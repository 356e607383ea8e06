import type { JsonObject } from "../domain/json.ts";
import type { Fact } from "../intake/fact.ts";
import { dayOf, firstDay, instantText, monthOf, secondsPerDay, startOf } from "./calendar.ts";
import type { Draw } from "./draw.ts";
import type { BankParameters } from "./parameters.ts";
import type { BankSummary } from "./summary.ts";
import { type BadKind, badKinds } from "./summary.ts";
import type { Entry } from "./telling.ts";

/**
 * Adds what goes wrong between a bank and us. The clean facts stay as they are (some only arrive later), and what is
 * added leaves every reported balance true: a second booking is reversed before its month is closed.
 */
export function addTroubles(
  clean: readonly Entry[],
  { troubles, until }: BankParameters,
  draw: Draw,
  summary: BankSummary,
): Entry[] {
  const happens = (rate: number): boolean => rate > 0 && draw.chance(rate, 100_000);
  const entries: Entry[] = [];
  for (const entry of clean) {
    const { fact } = entry;
    let { arrives } = entry;
    if (fact.type === "transaction-posted") {
      if (happens(troubles.late)) {
        arrives += draw.int(secondsPerDay, 6 * secondsPerDay);
        summary.late++;
      }
      if (happens(troubles.reversed))
        entries.push(...bookedTwice(entry, until, draw, happens(troubles.reversedBeforeOriginal), summary));
      if (happens(troubles.bad)) {
        const kind = draw.pick(badKinds);
        entries.push({ arrives: arrives + draw.int(60, 7200), fact: spoil(fact, kind, draw) });
        summary.bad[kind]++;
      }
    }
    entries.push(arrives === entry.arrives ? entry : { arrives, fact });
    if (happens(troubles.duplicate)) {
      entries.push({ arrives: arrives + draw.int(60, 3 * secondsPerDay), fact });
      summary.duplicates++;
    }
  }
  return entries;
}

/** The same purchase once more, and its reversal before the month ends; nothing where no time is left for it. */
function bookedTwice(
  { arrives: at, fact }: Entry,
  until: number,
  draw: Draw,
  reversalFirst: boolean,
  summary: BankSummary,
): Entry[] {
  const bookedAt = at + draw.int(1, 90);
  const monthEnd = startOf(firstDay(monthOf(dayOf(at)) + 1)) - 2;
  const latest = Math.min(monthEnd, until - 1, bookedAt + 9 * secondsPerDay);
  if (latest <= bookedAt + 600) return [];
  const reversedAt = draw.int(bookedAt + 600, latest);
  const original: Fact = { ...fact, id: `${fact.id}-2`, occurredAt: instantText(bookedAt) };
  const reversal: Fact = {
    id: `${fact.id}-2r`,
    source: fact.source,
    type: "transaction-reversed",
    subject: fact.subject,
    occurredAt: instantText(reversedAt),
    data: { account: fact.data.account!, reason: "booked twice" },
    corrects: original.id,
  };
  summary.reversed++;
  if (reversalFirst) summary.reversedBeforeOriginal++;
  return [
    { arrives: reversalFirst ? reversedAt + draw.int(3600, 2 * secondsPerDay) : bookedAt, fact: original },
    { arrives: reversedAt, fact: reversal },
  ];
}

/** A fact like the given one that no intake can accept. */
function spoil(fact: Fact, kind: BadKind, draw: Draw): Fact {
  const { id, occurredAt, data } = fact;
  const other = `${id}-bad`;
  const amount = data.amount as { readonly amount: string; readonly currency: string };
  switch (kind) {
    case "unknownCurrency":
      return {
        ...fact,
        id: other,
        data: { ...data, amount: { ...amount, currency: draw.pick(["EURO", "XQZ", "eur"]) } },
      };
    case "missingField": {
      const { [draw.pick(["amount", "direction"])]: _, ...rest } = data;
      return { ...fact, id: other, data: rest as JsonObject };
    }
    case "badDate":
      return { ...fact, id: other, occurredAt: `${occurredAt.slice(0, 4)}-02-30${occurredAt.slice(10)}` };
    case "unknownAccount": {
      const account = { system: "core", id: `9${String(draw.int(0, 999_999_999)).padStart(9, "0")}` };
      return { ...fact, id: other, subject: { account }, data: { ...data, account } };
    }
    case "futureDate":
      // A century late: the usual slip of a two-digit year.
      return { ...fact, id: other, occurredAt: `${Number(occurredAt.slice(0, 4)) + 100}${occurredAt.slice(4)}` };
    case "idReused":
      return { ...fact, data: { ...data, amount: { ...amount, amount: `1${amount.amount}` } } };
  }
}
