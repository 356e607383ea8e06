import "reflect-metadata";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { useServer } from "graphql-ws/use/ws";
import { pino } from "pino";
import { WebSocketServer } from "ws";
import { type Backend, createRequestContext } from "../../../src/graphql/context.ts";
import { formatError } from "../../../src/graphql/errors.ts";
import { buildGraphQLSchema } from "../../../src/graphql/schema.ts";
import { createHttpServer } from "../../../src/graphql/server/createHttpServer.ts";
import { fedBackend } from "./fedBackend.ts";

/*
 * Serves one segment's changes, by our server (`shared`) or by graphql-ws as it comes (`plain`), over the same schema. The parent
 * says "change" for a change of the segment, and "memory" to be told how much the process holds, garbage aside.
 */
const [contestant] = process.argv.slice(2);
if (process.send === undefined || global.gc === undefined) throw new Error("this process is started by the bench");

const schema = buildGraphQLSchema();
const { backend, change } = fedBackend();

process.on("disconnect", () => process.exit());
process.on("message", (order: "change" | "memory") => {
  if (order === "change") return change();
  // All of it, with the room in which new objects are made: what is left is what subscribers hold.
  global.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
  process.send?.({ rss: process.memoryUsage.rss() });
});
process.send({ url: contestant === "plain" ? await startPlain(backend) : await startShared(backend) });

function startShared(backend: Backend): Promise<string> {
  const server = createHttpServer({
    schema,
    createContext: recording => createRequestContext(backend, recording),
    intake: {
      submit: () => Promise.reject(new Error("no facts here")),
      settle: () => Promise.reject(new Error("no facts here")),
    },
    formatError,
    readiness: async () => ({ ready: true, position: "0", head: "0", lag: 0 }),
    graphiqlDir: null,
    logger: pino({ level: "warn" }),
    production: true,
  });
  return server.listen("127.0.0.1", 0);
}

async function startPlain(backend: Backend): Promise<string> {
  const server = createServer();
  useServer(
    { schema, context: () => createRequestContext(backend) },
    new WebSocketServer({ server, path: "/graphql" }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
