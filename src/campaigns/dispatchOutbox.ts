import type { Instant } from "../domain/instant.ts";
import type { CampaignRow } from "../projections/campaigns/campaignTables.ts";
import { outboxEntryIn, outboxPositionOf } from "../projections/campaigns/outboxRows.ts";
import type { ReadModels, ReadSession } from "../projections/readModels.ts";
import type { ChannelLane, LaneCounts, Send } from "./channelLane.ts";

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
  /** Hands what is new in the outbox to the channels' lanes, as far as they have room. */
  readonly look: () => Promise<void>;
  readonly counts: () => Readonly<Record<string, LaneCounts>>;
  readonly stop: () => Promise<void>;
};

/** `left`: the row after which lies one that this lane had no room for; null while it is level with the rest. */
type LaneAt = { readonly name: string; readonly lane: ChannelLane; left: string | null };

/**
 * Reads the outbox in order. Where a channel takes no more, its lane is left behind alone and taken up again where it was left, so that
 * a channel that does not work holds up no other. What is kept in memory is bounded by the windows of the lanes.
 */
export function createDispatcher({
  readModels,
  laneFor,
  now,
  againMs = 60_000,
  rowsAtOnce = 500,
}: DispatcherParts): Dispatcher {
  const lanes = new Map<string, LaneAt>();
  let read = "";
  let fromTheStartAt = now();
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let stopped = false;

  const laneOf = (name: string): LaneAt => {
    let lane = lanes.get(name);
    if (lane === undefined) {
      lane = { name, lane: laneFor(name), left: null };
      lanes.set(name, lane);
    }
    return lane;
  };
  /** Whether the lane has it. One that is reported already, though this outbox does not know it yet, is found out there. */
  const hand = ({ lane }: LaneAt, send: Send): boolean => {
    if (lane.has(send.key)) return true;
    if (!lane.hasRoom()) return false;
    lane.take(send);
    return true;
  };

  const page = async (session: ReadSession, after: string): Promise<readonly CampaignRow[]> =>
    session.campaignRows("outbox", { limit: rowsAtOnce, ...(after === "" ? {} : { after }) });

  const readOn = async (session: ReadSession): Promise<void> => {
    for (;;) {
      // With every lane behind there is nobody to read on for.
      if (lanes.size > 0 && [...lanes.values()].every(({ left }) => left !== null)) return;
      const rows = await page(session, read);
      for (const row of rows) {
        const entry = outboxEntryIn(row);
        const at = laneOf(entry.channel);
        const send = { key: row.key, position: outboxPositionOf(row.key), entry };
        if (at.left === null && !hand(at, send)) at.left = read;
        read = row.key;
      }
      if (rows.length < rowsAtOnce) return;
    }
  };
  /** Up to where the others are. */
  const catchUp = async (session: ReadSession, at: LaneAt): Promise<void> => {
    while (at.left !== null && at.lane.hasRoom()) {
      const rows = await page(session, at.left);
      if (rows.length === 0) at.left = null;
      for (const row of rows) {
        if (row.key > read) {
          at.left = null;
          return;
        }
        const entry = outboxEntryIn(row);
        const send = { key: row.key, position: outboxPositionOf(row.key), entry };
        if (entry.channel === at.name && !hand(at, send)) return;
        at.left = row.key;
      }
    }
  };

  const lookOnce = async (): Promise<void> => {
    const session = readModels.open();
    try {
      if (now() >= fromTheStartAt + againMs) {
        fromTheStartAt = now();
        read = "";
        for (const at of lanes.values()) at.left = null;
      }
      // Half free at least: each time costs a walk over the rows of others.
      for (const at of lanes.values()) if (at.left !== null && at.lane.isHalfFree()) await catchUp(session, at);
      await readOn(session);
    } finally {
      session.release();
    }
  };
  const look = (): Promise<void> => {
    lookAgain = true;
    looking ??= (async () => {
      try {
        while (lookAgain && !stopped) {
          lookAgain = false;
          await lookOnce();
        }
      } finally {
        looking = null;
      }
    })();
    return looking;
  };

  return {
    look,
    counts: () => Object.fromEntries([...lanes].map(([name, { lane }]) => [name, lane.counts()])),
    stop: async () => {
      stopped = true;
      await looking?.catch(() => undefined);
      await Promise.all([...lanes.values()].map(({ lane }) => lane.stop()));
    },
  };
}
