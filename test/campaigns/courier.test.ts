import { beforeEach, expect, test } from "vitest";
import { TryLater } from "../../src/campaigns/channel.ts";
import type { LaneLimits } from "../../src/campaigns/channelLane.ts";
import { type CourierParts, createCourier } from "../../src/campaigns/createCourier.ts";
import type { Decision, DecisionCause } from "../../src/domain/decision/decision.ts";
import { StorageFailure } from "../../src/domain/eventLog.ts";
import { customerStream } from "../../src/domain/ids.ts";
import { appendAll, customerId, eventId } from "../projections/support/facts.ts";
import { decidedAt, decision } from "./support/decisions.ts";
import { type Answer, scriptedChannel } from "./support/scriptedChannel.ts";
import { type SendingBank, sendingBank } from "./support/sendingBank.ts";

let bank: SendingBank;
beforeEach(() => {
  bank = sendingBank();
});
const down = new Error("connection refused");
const limits: Partial<LaneLimits> = {
  attempts: 3,
  deadlineMs: 1_000,
  backOff: { firstMs: 100, longestMs: 1_000 },
  breaker: { failures: 100, openMs: 10_000 },
};
const courierWith = (answers: readonly Answer[], more: Partial<LaneLimits> = {}, parts: Partial<CourierParts> = {}) => {
  const email = scriptedChannel("email", ...answers);
  const sms = scriptedChannel("sms");
  const courier = createCourier({
    ...bank.parts({ email: email.channel, sms: sms.channel }, { ...limits, ...more }),
    ...parts,
  });
  return { courier, email, sms };
};
const names = (channel: ReturnType<typeof scriptedChannel>, from: readonly string[]) =>
  channel.handed.map(({ decisionId }) => from.find(name => eventId(`decision ${name}`) === decisionId));
const reports = async () =>
  (await bank.events("delivery-reported")).map(({ data, occurredAt }) => [data.status, data.reason, occurredAt]);

test("a decision goes into its customer's stream, to its channel, and out of the outbox once that is reported", async () => {
  const { courier, email } = courierWith([{ kind: "accepted", ref: "m-7" }]);
  appendAll(bank.log.writer, [
    {
      ...{ stream: customerStream(customerId("ada")), name: "r", type: "identity-linked", occurredAt: 1 },
      data: { system: "core", id: "1" },
    },
  ]);
  await bank.engine.drain();
  await bank.decide(decision("ada"), decision("bo", { outcome: "skip", reason: "cap" }));
  await bank.goOn(courier);
  const decided = await bank.events("campaign-decided");
  expect(decided.map(({ stream, eventId, data }) => [stream, eventId, data.outcome])).toEqual([
    [customerStream(customerId("ada")), eventId("decision ada"), "send"],
    [customerStream(customerId("bo")), eventId("decision bo"), "skip"],
  ]);
  expect(email.handed).toEqual([
    {
      ...{ decisionId: eventId("decision ada"), campaignId: "spring", campaignVersion: 1, channel: "email" },
      ...{ customerId: customerId("ada"), identities: [{ system: "core", id: "1" }], purpose: "marketing" },
      ...{ arm: "treatment", variant: "a", content: { template: "spring-a" }, offerId: null },
      decidedAt: "2024-05-01T08:00:00.000Z",
    },
  ]);
  const [told] = await bank.events("delivery-reported");
  expect(told).toMatchObject({
    ...{ stream: customerStream(customerId("ada")), correlationId: "campaign-spring", occurredAt: decidedAt },
    data: {
      ...{ contactId: eventId("decision ada"), campaignId: "spring", channel: "email", status: "sent" },
      details: { ref: "m-7" },
    },
  });
  expect([bank.rows("pending"), bank.rows("outbox")]).toEqual([[], []]);
  expect(courier.counts()).toMatchObject({
    decisions: { appended: 2, duplicates: 0 },
    channels: { email: { accepted: 1, open: 0 } },
  });
});

test("a send whose consent was taken back before its channel took it is withheld", async () => {
  const { courier, email } = courierWith([down]);
  await bank.decide(decision("ada"), decision("bo"));
  const stream = customerStream(customerId("bo"));
  const data = { channel: "email", purpose: "marketing" };
  appendAll(bank.log.writer, [{ stream, name: "w", type: "consent-withdrawn", occurredAt: 2, data }], decidedAt);
  await bank.engine.drain();
  await bank.goOn(courier);
  await bank.clock.advance(1_000);
  await bank.goOn(courier);
  expect(names(email, ["ada", "bo"])).toEqual(["ada", "ada"]);
  expect((await reports()).map(([status, reason]) => [status, reason])).toEqual([
    ["withheld", "consent to email for marketing does not stand any more"],
    ["sent", undefined],
  ]);
  expect([bank.rows("outbox"), courier.counts().channels.email]).toMatchObject([[], { withheld: 1, accepted: 1 }]);
});

test("what a channel rejects bounces at once with its reason, which is sealed", async () => {
  const { courier, email } = courierWith([{ kind: "rejected", reason: "550 no such\u0000user" }]);
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  expect([await reports(), email.handed.length, bank.rows("outbox")]).toEqual([
    [["bounced", "550 no such user", decidedAt]],
    1,
    [],
  ]);
});

test("a failure is tried again after a pause that grows, until it is given up and bounces", async () => {
  const { courier, email } = courierWith([down, down, down]);
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  const pauses: number[] = [];
  for (const most of [100, 200]) {
    const pause = bank.clock.next() as number;
    expect([pause > most / 2, pause <= most]).toEqual([true, true]);
    pauses.push(pause);
    await bank.clock.advance(pause - 1);
    expect(email.handed.length).toBe(pauses.length);
    await bank.clock.advance(1);
    expect(email.handed.length).toBe(pauses.length + 1);
  }
  await bank.goOn(courier);
  const at = decidedAt + pauses[0]! + pauses[1]!;
  expect(await reports()).toEqual([["bounced", "given up after 3 attempts: connection refused", at]]);
  expect(new Set(email.handed.map(({ decisionId }) => decisionId)).size).toBe(1);
});

test("a channel that does not answer in time is let go of, and asked again", async () => {
  const { courier, email } = courierWith(["hang"]);
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  await bank.clock.advance(999);
  expect(email.signals[0]?.aborted).toBe(false);
  await bank.clock.advance(1);
  expect(email.signals[0]?.aborted).toBe(true);
  await bank.clock.advance(100);
  await bank.goOn(courier);
  expect([email.handed.length, (await reports()).map(([status]) => status)]).toEqual([2, ["sent"]]);
});

test("a channel that asks to be left alone gets nothing until then, and its messages do not age by that", async () => {
  const later = new TryLater("429", 60_000);
  const { courier, email } = courierWith([later, later, later, later, later], { concurrency: 1 });
  await bank.decide(decision("ada"), decision("bo"));
  await bank.goOn(courier);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(email.handed.length).toBe(attempt);
    await bank.clock.advance(59_999);
    expect(email.handed.length).toBe(attempt);
    await bank.clock.advance(1);
  }
  await bank.goOn(courier);
  expect(names(email, ["ada", "bo"])).toEqual([...Array(6).fill("ada"), "bo"]);
  expect((await reports()).map(([status]) => status)).toEqual(["sent", "sent"]);
});

test("after failures in a row the breaker opens, one message tries the channel out, and then all go", async () => {
  const breaker = { failures: 2, openMs: 10_000 };
  const { courier, email, sms } = courierWith([down, down, down, down, down], { breaker, concurrency: 1, attempts: 3 });
  await bank.decide(decision("ada"), decision("bo"), decision("cy"), decision("di", { channel: "sms" }));
  await bank.goOn(courier);
  const state = () => courier.counts().channels.email?.breaker;
  expect([email.handed.length, sms.handed.length, state()]).toEqual([2, 1, "open"]);
  // Three that only try it out fail too; nobody is given up for that.
  for (let probe = 1; probe <= 3; probe += 1) {
    await bank.clock.advance(9_999);
    expect([email.handed.length, state()]).toEqual([1 + probe, "open"]);
    await bank.clock.advance(1);
    expect(email.handed.length).toBe(2 + probe);
  }
  await bank.clock.advance(10_000);
  await bank.goOn(courier);
  expect(state()).toBe("closed");
  for (let pause = bank.clock.next(); pause !== null; pause = bank.clock.next()) await bank.clock.advance(pause);
  await bank.goOn(courier);
  expect((await reports()).map(([status]) => status)).toEqual(["sent", "sent", "sent", "sent"]);
  expect(bank.rows("outbox")).toEqual([]);
});

test("sends begin in order of position, no more at a time than the channel takes", async () => {
  const people = ["a", "b", "c", "d", "e"];
  const { courier, email } = courierWith(Array(5).fill("hang"), { concurrency: 2 });
  await bank.decide(...people.map(name => decision(name)));
  await bank.goOn(courier);
  expect(names(email, people)).toEqual(["a", "b"]);
  await bank.clock.advance(1_000);
  expect(names(email, people)).toEqual(["a", "b", "c", "d"]);
});

test("a channel that does not work holds up no other, and memory holds no more than its window", async () => {
  const people = Array.from({ length: 40 }, (_, index) => String(index));
  const { courier, email, sms } = courierWith([down, ...Array(3).fill(down)], {
    ...{ window: 4, concurrency: 1, breaker: { failures: 1, openMs: 10_000 } },
  });
  await bank.decide(...people.map((name, index) => decision(name, { channel: index % 2 === 0 ? "email" : "sms" })));
  await bank.goOn(courier);
  await bank.goOn(courier);
  expect(names(sms, people)).toEqual(people.filter((_, index) => index % 2 === 1));
  expect(courier.counts().channels.email).toMatchObject({ open: 4, accepted: 0 });
  while (bank.rows("outbox").length > 0) {
    await bank.clock.advance(bank.clock.next() ?? 1_000);
    await bank.goOn(courier);
  }
  expect(new Set(names(email, people))).toEqual(new Set(people.filter((_, index) => index % 2 === 0)));
  expect((await reports()).length).toBe(40);
});

const inWave = (name: string, more: Partial<Decision> = {}): Decision =>
  decision(name, { cause: { kind: "wave", at: decidedAt }, ...more });

test("what a fact triggered goes before what a wave and a release left waiting, and has a window of its own", async () => {
  const waiting = ["a", "b", "c", "d", "e"];
  const { courier, email } = courierWith(Array(9).fill("hang"), { concurrency: 1, window: 3, attempts: 1 });
  const held: DecisionCause = { kind: "release", of: eventId("held") };
  await bank.decide(...waiting.map((name, at) => (at < 3 ? inWave(name) : decision(name, { cause: held }))));
  await bank.goOn(courier);
  await bank.goOn(courier);
  expect([names(email, waiting), courier.counts().channels.email?.open]).toEqual([["a"], 3]);
  await bank.decide(decision("x"), decision("y"));
  await bank.goOn(courier);
  expect(courier.counts().channels.email?.open).toBe(5);
  const all = [...waiting, "x", "y"];
  for (let turn = 0; turn < 6; turn += 1) {
    await bank.clock.advance(1_000);
    await bank.goOn(courier);
  }
  expect(names(email, all)).toEqual(["a", "x", "y", "b", "c", "d", "e"]);
});

test("while a wave's decisions come, its sends wait for a second, and go at once when no more come", async () => {
  const { courier, email } = courierWith([]);
  const wave = (from: number) => Array.from({ length: 100 }, (_, index) => inWave(`customer ${from + index}`));
  await bank.decide(...wave(0));
  await bank.goOn(courier);
  expect(await bank.events("campaign-decided")).toHaveLength(100);
  expect(email.handed).toEqual([]);
  for (let past = 150; past < 1_000; past += 150) {
    await bank.clock.advance(150);
    await bank.decide(...wave(past));
    await bank.goOn(courier);
  }
  expect(email.handed).toEqual([]);
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  await bank.clock.advance(60);
  expect(names(email, ["ada"])).toEqual(["ada"]);
  await bank.clock.advance(90);
  expect(email.handed.length).toBeGreaterThan(1);
  const handed = email.handed.length;
  await bank.clock.advance(200);
  await bank.goOn(courier);
  expect(email.handed.length).toBeGreaterThan(handed);
  expect([email.handed.length, bank.rows("outbox")]).toEqual([701, []]);
});

test("what cannot be appended is tried again until it can; what was appended unseen is a duplicate", async () => {
  const { appendPending } = bank.parts({});
  let failing = 3;
  const { courier } = courierWith(
    [],
    {},
    {
      appendPending: async text => {
        const outcomes = failing > 1 ? [] : await appendPending(text);
        failing -= 1;
        if (failing >= 0) throw new Error("no answer");
        return outcomes;
      },
    },
  );
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  expect(await bank.events("campaign-decided")).toEqual([]);
  for (let pause = bank.clock.next(); pause !== null; pause = bank.clock.next()) await bank.clock.advance(pause);
  await bank.goOn(courier);
  expect(courier.counts().decisions).toEqual({ appended: 0, duplicates: 1, overruled: 0, failures: 3 });
  expect((await bank.events("campaign-decided")).length).toBe(1);
});

test("a decision that was made otherwise before is overruled by what stands in the log", async () => {
  const { courier, email } = courierWith([]);
  await bank.decide(decision("ada", { outcome: "skip", reason: "cap" }));
  await bank.goOn(courier);
  await bank.decide(decision("ada"), decision("bo"));
  await bank.goOn(courier);
  expect(courier.counts().decisions).toMatchObject({ appended: 2, overruled: 1 });
  expect(names(email, ["ada", "bo"])).toEqual(["bo"]);
});

test("a message that cannot be made waits while the store is out of order, and is given up where nobody knows it", async () => {
  let broken = true;
  const log = {
    findById: bank.log.reader.findById,
    readAt: async (positions: readonly number[]) => {
      if (broken) throw new StorageFailure("STORAGE_FAILED", "unplugged");
      return bank.log.reader.readAt(positions);
    },
  };
  const { courier, email } = courierWith([], {}, { log });
  await bank.decide(decision("ada"), decision("bo", { campaignVersion: 9 }));
  await bank.goOn(courier);
  for (let times = 0; times < 10; times += 1) await bank.clock.advance(1_000);
  expect([email.handed, await reports()]).toEqual([[], []]);
  broken = false;
  for (let times = 0; times < 4; times += 1) await bank.clock.advance(1_000);
  await bank.goOn(courier);
  expect((await reports()).map(([status, reason]) => [status, reason])).toEqual([
    ["sent", undefined],
    ["bounced", "given up after 3 attempts: its message cannot be made: version 9 of campaign spring is not known"],
  ]);
});

test("other read models, whose rows are numbered anew, are brought into the log from their beginning", async () => {
  let generation = 1;
  const readModels = { open: () => ({ ...bank.readModels.open(), generation }) };
  const { courier } = courierWith([], {}, { readModels });
  await bank.decide(decision("ada"));
  await bank.decide(decision("bo"));
  await bank.goOn(courier);
  bank.numberAnew();
  generation = 2;
  await bank.decide(decision("cy"));
  await bank.goOn(courier);
  expect((await bank.events("campaign-decided")).length).toBe(3);
});

test("what was passed by though it is still there is looked for now and then", async () => {
  const { courier, email } = courierWith([]);
  await bank.decide(decision("ada"));
  await bank.goOn(courier);
  bank.numberAnew();
  await bank.decide(decision("bo"));
  await bank.goOn(courier);
  expect(names(email, ["ada", "bo"])).toEqual(["ada"]);
  await bank.clock.advance(60_000);
  await bank.goOn(courier);
  expect(names(email, ["ada", "bo"])).toEqual(["ada", "bo"]);
});

test("what ends while the courier stops is reported, and nothing else begins", async () => {
  const { courier, email } = courierWith(["hang"], { concurrency: 1 });
  await bank.decide(decision("ada"), decision("bo"));
  await bank.goOn(courier);
  const stopped = courier.stop(5_000);
  email.release({ kind: "accepted" });
  await stopped;
  await bank.engine.drain();
  expect([email.handed.length, (await reports()).length, bank.rows("outbox").length]).toEqual([1, 1, 1]);
});

test("stopping lets what is under way end, and begins nothing more", async () => {
  const { courier, email } = courierWith(["hang"], { concurrency: 1 });
  await bank.decide(decision("ada"), decision("bo"));
  await bank.goOn(courier);
  const stopped = courier.stop(500);
  await bank.clock.advance(499);
  expect(email.signals[0]?.aborted).toBe(false);
  await bank.clock.advance(1);
  await stopped;
  expect([email.signals[0]?.aborted, email.handed.length, await reports()]).toEqual([true, 1, []]);
  expect(bank.rows("outbox").length).toBe(2);
});
