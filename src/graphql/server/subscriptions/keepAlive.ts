import type { ClientSocket } from "./clientSocket.ts";

/**
 * Pings all sockets now and then and cuts off whoever did not answer the time before: a network that fails says nothing.
 * Sockets that are not read are left out: the ping waits behind what they were sent, and the stall watch has them.
 */
export function createKeepAlive(sockets: ReadonlySet<ClientSocket>, everyMs: number): { readonly stop: () => void } {
  const timer = setInterval(() => {
    for (const client of sockets) {
      if (client.outlet.congested()) continue;
      if (!client.alive) {
        client.socket.terminate();
        continue;
      }
      client.alive = false;
      if (client.socket.readyState === client.socket.OPEN) client.socket.ping();
    }
  }, everyMs).unref();
  return { stop: () => clearInterval(timer) };
}
