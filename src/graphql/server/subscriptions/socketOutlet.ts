import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Outlet } from "./subscriber.ts";

export type SocketOutlet = Outlet & {
  /** Since when the client has not read what waits for it; null while nothing waits too long. */
  readonly stalledSince: () => number | null;
};

/** @param highWater bytes that may wait for the client before no more is written to it */
export function socketOutlet(
  socket: WebSocket,
  stream: Duplex,
  highWater: number,
  onStall: (outlet: SocketOutlet) => void,
): SocketOutlet {
  let since: number | null = null;
  const waiting: (() => void)[] = [];
  const outlet: SocketOutlet = {
    congested: () => since !== null || socket.bufferedAmount > highWater,
    whenRead: then => {
      waiting.push(then);
      if (since !== null) return;
      since = performance.now();
      onStall(outlet);
      stream.once("drain", () => {
        since = null;
        for (const wake of waiting.splice(0)) wake();
      });
    },
    stalledSince: () => since,
  };
  return outlet;
}
