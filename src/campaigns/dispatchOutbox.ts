import type { Instant } from "../domain/instant.ts";
import type { CampaignRow } from "../projections/campaigns/campaignTables.ts";
import {
  type OutboxEntry,
  type OutboxQueue,
  outboxEntryIn,
  outboxPositionOf,
  outboxPrefixes,
  outboxQueues,
} from "../projections/campaigns/outboxRows.ts";
import type { ReadModels, ReadSession } from "../projections/readModels.ts";
import type { ChannelLane, LaneCounts } from "./channelLane.ts";

export type DispatcherParts = {
  readonly readModels: Pick<ReadModels, "open">;
  /** The lane of a channel, by its name in the outbox; asked once for each. */
  readonly laneFor: (channel: string) => ChannelLane;
  readonly now: () => Instant;
  /** Milliseconds after which the outbox is looked through from its beginning again. */
  readonly againMs?: number;
  /** Rows looked at in one go. */
  readonly rowsAtOnce?: number;
};

export type Dispatcher = {
  /** Hands what is new in these queues of the outbox to the channels' lanes, as far as they have room. */
  readonly look: (queues?: readonly OutboxQueue[]) => Promise<void>;
  readonly counts: () => Readonly<Record<string, LaneCounts>>;
  readonly stop: () => Promise<void>;
};

/** How far one queue was read. `behind`: by channel, the row after which lies one that its lane had no room for; the others are level. */
type Reading = { readonly queue: OutboxQueue; read: string; readonly behind: Map<string, string> };

const beginningOf = (queue: OutboxQueue): Reading => ({ queue, read: "", behind: new Map() });

/**
 * Reads the queues of the outbox in order, what was triggered first. Where a channel takes no more, its lane is left behind alone and
 * taken up again where it was left, so that a channel that does not work holds up no other. What is kept in memory is bounded by the
 * windows of the lanes.
 */
export function createDispatcher({
  readModels,
  laneFor,
  now,
  againMs = 60_000,
  rowsAtOnce = 500,
}: DispatcherParts): Dispatcher {
  const lanes = new Map<string, ChannelLane>();
  let readings = outboxQueues.map(beginningOf);
  let fromTheStartAt = now();
  let looking: Promise<void> | null = null;
  let wanted = new Set<OutboxQueue>();
  let stopped = false;

  const laneOf = (name: string): ChannelLane => {
    let lane = lanes.get(name);
    if (lane === undefined) {
      lane = laneFor(name);
      lanes.set(name, lane);
    }
    return lane;
  };
  /** Whether the lane has it. One that is reported already, though this outbox does not know it yet, is found out there. */
  const hand = (lane: ChannelLane, queue: OutboxQueue, key: string, entry: OutboxEntry): boolean => {
    if (lane.has(queue, key)) return true;
    if (!lane.hasRoom(queue)) return false;
    lane.take({ queue, key, position: outboxPositionOf(key), entry });
    return true;
  };

  const page = async (session: ReadSession, queue: OutboxQueue, after: string): Promise<readonly CampaignRow[]> => {
    const prefix = outboxPrefixes[queue];
    return session.campaignRows("outbox", { prefix, limit: rowsAtOnce, ...(after === "" ? {} : { after }) });
  };

  const readOn = async (session: ReadSession, reading: Reading): Promise<void> => {
    const { queue, behind } = reading;
    for (;;) {
      // With every lane behind there is nobody to read on for.
      if (lanes.size > 0 && behind.size === lanes.size) return;
      const rows = await page(session, queue, reading.read);
      for (const row of rows) {
        const entry = outboxEntryIn(row);
        const { channel } = entry;
        if (!behind.has(channel) && !hand(laneOf(channel), queue, row.key, entry)) behind.set(channel, reading.read);
        reading.read = row.key;
      }
      if (rows.length < rowsAtOnce) return;
    }
  };
  /** Up to where the others are. */
  const catchUp = async (session: ReadSession, reading: Reading, name: string, lane: ChannelLane): Promise<void> => {
    const { queue, behind } = reading;
    for (let left = behind.get(name); left !== undefined && lane.hasRoom(queue); left = behind.get(name)) {
      const rows = await page(session, queue, left);
      if (rows.length === 0) behind.delete(name);
      for (const row of rows) {
        if (row.key > reading.read) {
          behind.delete(name);
          return;
        }
        const entry = outboxEntryIn(row);
        if (entry.channel === name && !hand(lane, queue, row.key, entry)) return;
        behind.set(name, row.key);
      }
    }
  };

  const lookOnce = async (queues: ReadonlySet<OutboxQueue>): Promise<void> => {
    const session = readModels.open();
    try {
      if (now() >= fromTheStartAt + againMs) {
        fromTheStartAt = now();
        readings = outboxQueues.map(beginningOf);
      }
      for (const reading of readings) {
        if (!queues.has(reading.queue)) continue;
        // Half free at least: each time costs a walk over the rows of others.
        for (const [name, lane] of lanes)
          if (lane.isHalfFree(reading.queue)) await catchUp(session, reading, name, lane);
        await readOn(session, reading);
      }
    } finally {
      session.release();
    }
  };
  const look: Dispatcher["look"] = (queues = outboxQueues) => {
    for (const queue of queues) wanted.add(queue);
    looking ??= (async () => {
      try {
        while (wanted.size > 0 && !stopped) {
          const asked = wanted;
          wanted = new Set();
          await lookOnce(asked);
        }
      } finally {
        looking = null;
      }
    })();
    return looking;
  };

  return {
    look,
    counts: () => Object.fromEntries([...lanes].map(([name, lane]) => [name, lane.counts()])),
    stop: async () => {
      stopped = true;
      await looking?.catch(() => undefined);
      await Promise.all([...lanes.values()].map(lane => lane.stop()));
    },
  };
}
