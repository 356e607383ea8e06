import type { LogReader } from "../domain/eventLog.ts";
import type { ReadModels } from "../projections/readModels.ts";
import type { Channel } from "./channel.ts";
import { createChannelLane, defaultLaneLimits, type LaneCounts, type LaneLimits } from "./channelLane.ts";
import { createDeliveryReporter } from "./deliveryReports.ts";
import { createDispatcher } from "./dispatchOutbox.ts";
import { messageMaker } from "./messageOf.ts";
import { type Append, type AppendPending, createRelay, type RelayCounts } from "./relayPending.ts";
import type { Timers } from "./timers.ts";

/** A channel, and what differs from the default limits of its lane. */
export type OpenChannel = { readonly channel: Channel; readonly limits?: Partial<LaneLimits> };

export type CourierParts = {
  readonly readModels: Pick<ReadModels, "open">;
  readonly log: Pick<LogReader, "readAt" | "findById">;
  readonly append: Append;
  readonly appendPending: AppendPending;
  /** By the name that decisions give it. */
  readonly openChannel: (name: string) => OpenChannel;
  readonly timers: Timers;
  /** In [0, 1), for pauses. */
  readonly random: () => number;
  readonly onTrouble: (message: string) => void;
};

export type CourierCounts = {
  readonly decisions: RelayCounts;
  readonly channels: Readonly<Record<string, LaneCounts>>;
};

/**
 * Brings decisions into the log, and sends to their channels and back. What it holds in memory can be lost at any moment: it does
 * everything again that the read models do not show as done, under the same ids.
 */
export type Courier = {
  /** To be called after each commit of the read models, whatever the other does. Reject where they cannot be read. */
  readonly relay: () => Promise<void>;
  readonly dispatch: () => Promise<void>;
  readonly counts: () => CourierCounts;
  /** Begins nothing more; what is under way may take `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
};

/**
 * Decisions go first: the faster a wave is decided, the sooner its customers' later facts are; its sends wait in the outbox so long at
 * most before the channels are given some. What a fact triggered meanwhile does not wait.
 */
const sendsWaitMs = 1_000;
const calmLookMs = 50;

export function createCourier(parts: CourierParts): Courier {
  const { readModels, log, append, appendPending, openChannel, timers, random, onTrouble } = parts;
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const relay = createRelay({
    ...{ readModels, append: appendPending, timers, random, onTrouble },
    stopping: stopping.signal,
  });
  const reporter = createDeliveryReporter({ append, timers, random, stopping: givingUp.signal, onTrouble });
  const messageOf = messageMaker({ readModels, log });
  const opened: Channel[] = [];
  const dispatcher = createDispatcher({
    readModels,
    now: timers.now,
    laneFor: name => {
      const { channel, limits } = openChannel(name);
      opened.push(channel);
      return createChannelLane({
        ...{ channel, limits: { ...defaultLaneLimits, ...limits } },
        ...{ timers, random, messageOf, report: reporter.report, onTrouble },
        givingUp: givingUp.signal,
      });
    },
  });
  return {
    relay: relay.relay,
    dispatch: async () => {
      const latest = timers.now() + sendsWaitMs;
      while (relay.isBusy() && timers.now() < latest) {
        await dispatcher.look(["triggered"]);
        await timers.wait(calmLookMs, stopping.signal);
      }
      await dispatcher.look();
    },
    counts: () => ({ decisions: relay.counts(), channels: dispatcher.counts() }),
    stop: async graceMs => {
      stopping.abort();
      const ended = new AbortController();
      timers.wait(graceMs, ended.signal).then(() => givingUp.abort(new Error("the courier stops")));
      await dispatcher.stop();
      ended.abort();
      await Promise.all(opened.map(channel => channel.close?.()));
    },
  };
}
