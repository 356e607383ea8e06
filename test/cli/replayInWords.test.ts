import { expect, test } from "vitest";
import { type ReplayReport, replayInWords } from "../../src/cli/replayPolicy.ts";

const nothing: ReplayReport = {
  ...{ decisions: 0, differing: 0, contactsMade: 0, contactsWouldBe: 0, contactsSaved: 0, contactsAdded: 0 },
  ...{ costs: [], changes: [], releasedSent: 0, releasedSkipped: 0, stillHeld: 0, unanswered: 0, unknownCampaign: 0 },
};

test("a replay is told in contacts, money, and what becomes of what", () => {
  const report = {
    ...nothing,
    ...{ decisions: 12_000, differing: 300, contactsMade: 5_000, contactsWouldBe: 4_800, contactsSaved: 250 },
    ...{ contactsAdded: 50, stillHeld: 7, unanswered: 3 },
    costs: [{ made: { amount: "500.00", currency: "EUR" }, wouldBe: { amount: "480.00", currency: "EUR" } }],
    changes: [
      { was: "SEND", wasReason: null, wouldBe: "SKIP", wouldBeReason: "CAP", count: 250 },
      { was: "DEFER", wasReason: "QUIET_HOURS", wouldBe: "SEND", wouldBeReason: null, count: 50 },
    ],
  };
  expect(replayInWords(report)).toEqual([
    "12,000 decisions, 300 of which would be others.",
    "Contacts: 5,000 made, 4,800 would be: 250 fewer and 50 more.",
    "Cost: 500.00 EUR spent, 480.00 EUR would be.",
    "What would become of what:",
    "        250  sent -> not sent (cap)",
    "         50  held (quiet hours) -> sent",
    "  7 would be held still",
    "  3 for which something was asked that nobody recorded: nothing would be sent",
  ]);
});

test("a policy under which nothing was decided says so", () => {
  expect(replayInWords(nothing)).toEqual(["Nothing was decided under this policy."]);
});
