import { isIPv4 } from "node:net";
import { accept, type Result, refuse } from "../../domain/result.ts";

export type NotLoopback = { readonly kind: "notLoopback"; readonly host: string; readonly message: string };

/** An address or name of this machine only; IPv6 with or without brackets. */
export const isLoopback = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIPv4(name) && name.startsWith("127."));
};

/** Until there is authentication, nobody beyond this machine may reach the server: 127.0.0.0/8, ::1 and localhost only. */
export const assertLoopback = (host: string): Result<string, NotLoopback> =>
  isLoopback(host)
    ? accept(host)
    : refuse({
        kind: "notLoopback",
        host,
        message: `The server has no authentication yet and listens on this machine only: 127.0.0.1, ::1 or localhost, not "${host}".`,
      });
