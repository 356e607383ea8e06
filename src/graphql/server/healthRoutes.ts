import type { FastifyInstance } from "fastify";
import { late, within } from "./deadline.ts";

/** Whether queries can be answered, and how far they are behind the log, in events. Positions are opaque texts. */
export type Readiness = {
  readonly ready: boolean;
  readonly position: string;
  readonly head: string;
  readonly lag: number;
  readonly reason?: string;
};

/** `/health`: the process answers. `/ready`: it can serve; 503 with the reason where it cannot, or cannot tell. */
export function healthRoutes(app: FastifyInstance, readiness: () => Promise<Readiness>, timeoutMs = 2_000): void {
  app.get("/health", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "live" }));
  app.get("/ready", async (request, reply) => {
    reply.header("cache-control", "no-store");
    try {
      const state = await within(readiness(), timeoutMs);
      if (state === late) return reply.code(503).send({ ready: false, reason: `no answer within ${timeoutMs} ms` });
      return reply.code(state.ready ? 200 : 503).send(state);
    } catch (error) {
      request.log.error({ err: error }, "readiness could not be told");
      return reply.code(503).send({ ready: false, reason: "the state of the read models could not be read" });
    }
  });
}
