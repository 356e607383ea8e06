import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Fastify, { type FastifyPluginAsync } from "fastify";
import { printSchema } from "graphql";
import { pino } from "pino";
import { createHttpServer } from "../../src/graphql/server/createHttpServer.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import type { Contestant } from "./contestants.ts";
import { profileById, profiles } from "./profileData.ts";
import { buildProfileSchema } from "./profileSchema.ts";

type MercuriusOptions = { readonly schema: string; readonly resolvers: object; readonly jit: number };

/** @returns the port on 127.0.0.1 */
export const start: Readonly<Record<Contestant, () => Promise<number>>> = {
  bare: async () => {
    const reply = Buffer.from(JSON.stringify({ data: { customer: profiles[0] }, extensions: { position: "1000000" } }));
    const headers = { "content-type": "application/json; charset=utf-8", "content-length": reply.length };
    const server = createServer((_request, response) => response.writeHead(200, headers).end(reply));
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  },
  mercuriusJit: async () => {
    const peers = createRequire(join(packageRoot, "bench", "package.json"));
    const module = (await import(pathToFileURL(peers.resolve("mercurius")).href)) as {
      default: FastifyPluginAsync<MercuriusOptions>;
    };
    const app = Fastify();
    const resolvers = { Query: { customer: (_root: unknown, { id }: { id: string }) => profileById.get(id) } };
    await app.register(module.default, { schema: printSchema(buildProfileSchema()), resolvers, jit: 1 });
    return portOf(await app.listen({ host: "127.0.0.1", port: 0 }));
  },
  fastLane: () => startOurs(true),
  pipeline: () => startOurs(false),
};

async function startOurs(fastLane: boolean): Promise<number> {
  const server = createHttpServer({
    schema: buildProfileSchema(),
    createContext: () => ({ reflectedPosition: () => "1000000", release: () => {} }),
    intake: { submit: refuse, settle: refuse },
    formatError: formatted => formatted,
    readiness: async () => ({ ready: true, position: "1000000", head: "1000000", lag: 0 }),
    graphiqlDir: null,
    logger: pino({ level: "warn" }),
    production: true,
    fastLane,
  });
  return portOf(await server.listen("127.0.0.1", 0));
}

const refuse = () => Promise.reject(new Error("the comparison takes no facts"));
const portOf = (url: string): number => Number(new URL(url).port);
