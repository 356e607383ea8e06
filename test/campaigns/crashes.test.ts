import { expect, test } from "vitest";
import type { Channel } from "../../src/campaigns/channel.ts";
import { type CourierParts, createCourier } from "../../src/campaigns/createCourier.ts";
import type { Decision } from "../../src/domain/decision/decision.ts";
import { decision } from "./support/decisions.ts";
import { scriptedChannel } from "./support/scriptedChannel.ts";
import { sendingBank } from "./support/sendingBank.ts";

class Crash extends Error {}

/**
 * The process ends at the `at`th moment before or after anything that it does outside itself: from then on it does nothing any more,
 * and what it was told is lost with it.
 */
function crashingAt(at: number) {
  let moments = 0;
  const moment = (): void => {
    moments += 1;
    if (moments >= at) throw new Crash("ended");
  };
  const step =
    <Args extends readonly unknown[], Value>(work: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      moment();
      const value = await work(...args);
      moment();
      return value;
    };
  const around = (parts: CourierParts): CourierParts => ({
    ...parts,
    append: step(parts.append),
    appendPending: step(parts.appendPending),
    log: { readAt: step(parts.log.readAt), findById: step(parts.log.findById) },
    readModels: {
      open: () => {
        moment();
        return parts.readModels.open();
      },
    },
    openChannel: name => {
      const opened = parts.openChannel(name);
      const channel: Channel = { ...opened.channel, deliver: step(opened.channel.deliver) };
      return { ...opened, channel };
    },
  });
  return { around, crashed: () => moments >= at };
}

const decisions: readonly Decision[] = [
  decision("ada"),
  decision("bo", { outcome: "skip", reason: "consent" }),
  decision("cy", { channel: "sms" }),
  decision("di"),
];
const sends = decisions.filter(({ outcome }) => outcome === "send").map(({ decisionId }) => decisionId);

async function lifeWithCrash(at: number, second: number): Promise<boolean> {
  const bank = sendingBank();
  const email = scriptedChannel("email", new Error("busy"));
  const sms = scriptedChannel("sms", { kind: "rejected", reason: "no number" });
  const parts = bank.parts(
    { email: email.channel, sms: sms.channel },
    { concurrency: 1, backOff: { firstMs: 10, longestMs: 10 } },
  );
  const crashes = [crashingAt(at), crashingAt(second), crashingAt(Number.POSITIVE_INFINITY)];
  await bank.decide(...decisions.slice(0, 2));
  let courier: ReturnType<typeof createCourier> | null = null;
  for (const [life, crash] of crashes.entries()) {
    if (life === 1) await bank.decide(...decisions.slice(2));
    courier = createCourier(crash.around(parts));
    for (let round = 0; round < 4 && !crash.crashed(); round += 1) {
      await bank.goOn(courier, crash.crashed);
      if (life === 0 && round === 1) break;
      await bank.clock.advance(10);
    }
    // The dead process's timers must not ring in the next one's life.
    const stopped = courier.stop(0);
    await bank.clock.advance(0);
    await stopped;
  }

  const decided = await bank.events("campaign-decided");
  expect(decided.map(({ eventId }) => eventId).sort()).toEqual(decisions.map(({ decisionId }) => decisionId).sort());
  const handed = [...email.handed, ...sms.handed].map(({ decisionId }) => decisionId);
  expect([...new Set(handed)].sort()).toEqual([...sends].sort());
  const reported = (await bank.events("delivery-reported")).map(({ data }) => [data.contactId, data.status]);
  expect(reported.length).toBe(3);
  expect(new Map(reported as [string, string][])).toEqual(
    new Map([
      [sends[0], "sent"],
      [sends[1], sms.handed.length === 1 ? "bounced" : expect.stringMatching(/bounced|sent/)],
      [sends[2], "sent"],
    ]),
  );
  expect([bank.rows("pending"), bank.rows("outbox")]).toEqual([[], []]);
  return (crashes[0]?.crashed() ?? false) || (crashes[1]?.crashed() ?? false);
}

test("wherever the process ends, no decision and no send is lost, and none is there twice under another id", async () => {
  const never = Number.POSITIVE_INFINITY;
  let at = 1;
  while (await lifeWithCrash(at, never)) at += 1;
  let second = 1;
  while (await lifeWithCrash(never, second)) second += 1;
  for (let both = 1; both < at; both += 1) await lifeWithCrash(both, 1 + ((both * 7) % second));
  // So many moments there are: fewer, and the test would see less than it says.
  expect([at > 12, second > 15]).toEqual([true, true]);
});
