import type { ServerResponse } from "node:http";
import type { ServerLimits } from "../serverLimits.ts";
import type { Outlet } from "./subscriber.ts";

export type ResponseOutlet = Outlet & {
  /** Calls once the client has not read for `stallMs`. */
  readonly onStalled: (then: () => void) => void;
};

/** How long a client that is told that it stalled may take to read that. */
const graceMs = 5_000;
const commentMs = 15_000;

/** An HTTP answer that goes on and on; kept alive by comments, which also find out whether anybody is there. */
export function responseOutlet(
  response: ServerResponse,
  { unreadBytes, stallMs }: Pick<ServerLimits, "unreadBytes" | "stallMs">,
): ResponseOutlet {
  const waiting: (() => void)[] = [];
  let stalled = () => {};
  let stall: NodeJS.Timeout | null = null;

  const congested = (): boolean => stall !== null || response.writableLength > unreadBytes;
  const keepAlive = setInterval(() => {
    if (!congested()) response.write(":\n\n");
  }, commentMs).unref();
  const settle = (): void => {
    if (stall !== null) clearTimeout(stall);
    stall = null;
  };
  response.once("close", () => {
    clearInterval(keepAlive);
    settle();
  });

  return {
    congested,
    whenRead: then => {
      waiting.push(then);
      if (stall !== null) return;
      stall = setTimeout(() => {
        stalled();
        setTimeout(() => response.destroy(), graceMs).unref();
      }, stallMs).unref();
      response.once("drain", () => {
        settle();
        for (const wake of waiting.splice(0)) wake();
      });
    },
    onStalled: then => {
      stalled = then;
    },
  };
}
