import type { WebSocket } from "ws";
import type { OpenSubscription } from "./openSubscription.ts";
import type { SocketOutlet } from "./socketOutlet.ts";

export type ClientSocket = {
  readonly socket: WebSocket;
  readonly outlet: SocketOutlet;
  /** By the id that the client gave. */
  readonly subscriptions: Map<string, OpenSubscription>;
  /** Heard of since it was last asked. */
  alive: boolean;
};
