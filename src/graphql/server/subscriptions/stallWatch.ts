import type { ClientSocket } from "./clientSocket.ts";
import { coded } from "./subscriptionDocuments.ts";

/** Of the range that applications may use, beside the 44xx of the protocol. */
export const slowConsumer = 4429;
/** How long a client that is told so has to hang up by itself. */
const graceMs = 5_000;

export type StallWatch = {
  readonly watch: (client: ClientSocket) => void;
  /** Ends its subscriptions, each with the token to resume after, and then the socket. */
  readonly end: (client: ClientSocket) => void;
  readonly stop: () => void;
};

/** Ends sockets that nobody has read for too long. What they were not sent is not lost: they resume. */
export function createStallWatch(stallMs: number): StallWatch {
  const stalled = new Set<ClientSocket>();
  let timer: NodeJS.Timeout | null = null;

  const sweep = (): void => {
    for (const client of stalled) {
      const since = client.outlet.stalledSince();
      if (since === null || client.socket.readyState !== client.socket.OPEN) stalled.delete(client);
      else if (performance.now() - since >= stallMs) {
        stalled.delete(client);
        end(client);
      }
    }
    if (stalled.size === 0) stop();
  };

  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  const end = ({ socket, subscriptions }: ClientSocket): void => {
    const message = `Nothing was read for ${stallMs} ms. Subscribe again after this token: nothing is lost.`;
    for (const { following, finish } of [...subscriptions.values()]) {
      following.leave();
      finish(coded("SLOW_CONSUMER", message, { after: following.place() }));
    }
    // In the next turn, so that the errors are sent first.
    setImmediate(() => {
      socket.close(slowConsumer, `SLOW_CONSUMER: nothing was read for ${stallMs} ms; resume after the last token.`);
      setTimeout(() => socket.terminate(), graceMs).unref();
    });
  };

  return {
    watch: client => {
      stalled.add(client);
      timer ??= setInterval(sweep, Math.min(1_000, Math.max(10, stallMs / 4))).unref();
    },
    end,
    stop,
  };
}
