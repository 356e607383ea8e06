import { expect, test } from "vitest";
import type { Decision, Gate, GateVerdict } from "../../../src/domain/decision/decision.ts";
import { whyInWords } from "../../../src/domain/decision/whyInWords.ts";

const verdict = (gate: Gate, word: GateVerdict["verdict"], detail: string, channel: string | null = null) => ({
  ...{ gate, channel, verdict: word, detail },
});
const told = (given: Partial<Decision>): Decision =>
  ({
    ...{ cause: { kind: "wave", at: 0 }, outcome: "skip", reason: null, arm: "all", variant: "a", channel: "email" },
    ...{ purpose: "marketing", offerId: null, until: null, gates: [] },
    ...given,
  }) as unknown as Decision;

test("a send tells what set it off, and what the gates of its channel saw", () => {
  const gates = [
    verdict("assignment", "pass", "bucket 7 under s, of all"),
    verdict("consent", "stop", "marketing by sms withdrawn at position 4", "sms"),
    verdict("consent", "pass", "marketing by email granted at position 3", "email"),
  ];
  const cause = { kind: "trigger", position: 9 } as Decision["cause"];
  expect(whyInWords(told({ outcome: "send", cause, offerId: "card" as Decision["offerId"], gates }))).toBe(
    "Contacted by email for marketing with offer card: the fact at position 9 set it off (bucket 7 under s, of all; email: marketing by email granted at position 3).",
  );
});

test("a skip tells the gate that stopped it, with every channel's", () => {
  const gates = [
    verdict("assignment", "pass", "bucket 7 under s, of all"),
    verdict("cap", "stop", "3 of at most 3 contacts by sms", "sms"),
    verdict("consent", "unknown", "nothing was ever said about marketing by email", "email"),
  ];
  expect(whyInWords(told({ reason: "cap", gates }))).toBe(
    "Not contacted: the wave of 1970-01-01T00:00:00.000Z came to the customer, but the customer was contacted often enough (sms: 3 of at most 3 contacts by sms; email: nothing was ever said about marketing by email).",
  );
});

test.each([
  ["consent", "stop", "the customer does not agree to it"],
  ["consent", "unknown", "the customer never agreed to it"],
  ["quietHours", "unknown", "whether these are quiet hours cannot be told"],
  ["schedule", "unknown", "when the wave comes to the customer cannot be told"],
  ["schedule", "stop", "the wave's contact was made already"],
  ["control", "stop", "the customer is in the control arm"],
] as const)("%s that says %s is told as: %s", (gate, word, expected) => {
  expect(whyInWords(told({ reason: gate, gates: [verdict(gate, word, "d")] }))).toContain(`but ${expected} (d).`);
});

test("what is held tells until when", () => {
  const gates = [verdict("quietHours", "hold", "23:00 in UTC", "email")];
  expect(whyInWords(told({ outcome: "defer", reason: "quietHours", until: 3_600_000, gates }))).toBe(
    "Not contacted yet: the wave of 1970-01-01T00:00:00.000Z came to the customer; it was held and is decided anew at 1970-01-01T01:00:00.000Z (email: 23:00 in UTC).",
  );
});
