import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError } from "graphql";
import { handleProtocols, makeServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerLimits } from "../serverLimits.ts";
import type { ClientSocket } from "./clientSocket.ts";
import { createKeepAlive } from "./keepAlive.ts";
import { type OpenSubscription, openSubscription } from "./openSubscription.ts";
import { socketOutlet } from "./socketOutlet.ts";
import { createStallWatch } from "./stallWatch.ts";
import { coded } from "./subscriptionDocuments.ts";
import type { OpenedSubscription, Subscriptions } from "./subscriptions.ts";
import { refuseUpgrade } from "./upgradeCheck.ts";

export type SocketServer = {
  /** Takes over a connection that was found fit to become a WebSocket. */
  readonly upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
  readonly sockets: () => number;
  /** Tells every client to come again; whoever does not hang up in time is cut off. */
  readonly close: () => Promise<void>;
};

const goingAway = 1001;
const internalError = 1011;

/**
 * `graphql-transport-ws`. The library speaks the protocol; the messages of the feeds go around it, encoded once for all who
 * are told the same, and only to sockets that are read.
 */
export function createSocketServer({
  subscriptions,
  limits,
  logger,
}: {
  readonly subscriptions: Subscriptions;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
}): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketMessageBytes,
    handleProtocols: protocols => handleProtocols(protocols),
  });
  const open = new Set<ClientSocket>();
  const keepAlive = createKeepAlive(open, limits.socketPingMs);
  const stalls = createStallWatch(limits.stallMs);

  const protocol = makeServer<Record<string, unknown>, ClientSocket>({
    connectionInitWaitTimeout: limits.socketInitMs,
    onSubscribe: async ({ extra: client, subscriptions: named }, id, payload) => {
      if (Object.keys(named).length > limits.subscriptionsPerSocket)
        return [coded("TOO_MANY_SUBSCRIPTIONS", `A socket carries ${limits.subscriptionsPerSocket} subscriptions.`)];
      const { query, operationName, variables } = payload;
      const opened = await subscriptions.open({ query, operationName, variables: variables ?? null });
      if (!opened.ok) return opened.refusal;
      const { execution, follow } = opened.value;
      // The library keeps both as long as the subscription lasts; ten thousand of them need not keep their texts.
      Object.assign(payload, { query: "", variables: null });
      return { ...execution, variableValues: null, contextValue: () => begin(client, id, follow) };
    },
    // What `onSubscribe` left there: the feed is followed from here on, since the library knows of it now.
    subscribe: args => {
      const follow = args.contextValue as () => OpenSubscription;
      args.contextValue = null;
      return follow();
    },
    onError: (_context, _id, _payload, errors) => errors.map(error => subscriptions.formatted(ownError(error))),
  });

  return {
    sockets: () => open.size,
    upgrade: (request, stream, head) => {
      if (open.size >= limits.sockets)
        return refuseUpgrade(stream, 503, { code: "TOO_MANY_SOCKETS", message: "No more sockets: come again later." });
      server.handleUpgrade(request, stream, head, socket => accept(socket, stream));
    },
    close: async () => {
      keepAlive.stop();
      stalls.stop();
      const gone = [...open].map(({ socket }) => new Promise(resolve => socket.once("close", resolve)));
      for (const { socket } of open) socket.close(goingAway, "Going away: connect again and resume.");
      const patience = setTimeout(() => {
        for (const { socket } of open) socket.terminate();
      }, limits.socketCloseMs);
      await Promise.all(gone);
      clearTimeout(patience);
    },
  };

  function accept(socket: WebSocket, stream: Duplex): void {
    const outlet = socketOutlet(socket, stream, limits.unreadBytes, () => stalls.watch(client));
    const client: ClientSocket = { socket, outlet, subscriptions: new Map(), alive: true };
    open.add(client);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: text =>
          new Promise(resolve => {
            if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
            else resolve();
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: take =>
          socket.on("message", data => {
            client.alive = true;
            // Answers to what it sends would pile up beside the messages of its feeds.
            if (socket.bufferedAmount > 2 * limits.unreadBytes) return stalls.end(client);
            take(String(data)).catch((error: unknown) => {
              logger.error({ err: error }, "a socket's message could not be handled");
              socket.close(internalError, "Internal server error");
            });
          }),
      },
      client,
    );
    socket.on("pong", () => {
      client.alive = true;
    });
    socket.on("error", error => logger.debug({ err: error }, "a socket failed")); // the close follows
    socket.once("close", (code, reason) => {
      open.delete(client);
      closed(code, String(reason)).catch((error: unknown) => logger.error({ err: error }, "a socket did not end well"));
    });
  }
}

function begin(
  { socket, outlet, subscriptions }: ClientSocket,
  id: string,
  follow: OpenedSubscription["follow"],
): OpenSubscription {
  const next = nextMessage(socket, id);
  return openSubscription(done => follow({ outlet, done, next }), subscriptions, id);
}

/** Apart from `begin`: what lives as long as the subscription must not keep alive what only began it. */
function nextMessage(socket: WebSocket, id: string): (payload: string) => void {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return payload => socket.send(`${head}${payload}}`);
}

/** The library wraps what ended a subscription in an error of its own. */
const ownError = (error: Error): GraphQLError => {
  const own = error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
  return own.originalError instanceof GraphQLError ? own.originalError : own;
};
