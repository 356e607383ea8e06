import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Fastify, { type FastifyPluginAsync } from "fastify";
import type { GraphQLSchema } from "graphql";
import { openProduct } from "../../src/compose.ts";
import { createRequestContext, type RequestContext } from "../../src/graphql/context.ts";
import { buildGraphQLSchema } from "../../src/graphql/schema.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { benchConfig } from "../importBank.ts";

type Options = { readonly schema: GraphQLSchema; readonly context: () => RequestContext; readonly jit: number };
type Execution = { extensions?: Readonly<Record<string, unknown>> };
type OnResolution = (execution: Execution, context: RequestContext) => Promise<void>;
type Mercurius = { readonly graphql: { readonly addHook: (name: "onResolution", hook: OnResolution) => void } };

/**
 * Mercurius with graphql-jit over our schema, resolvers and read models: as in our own server, each request has its
 * context, tells the position it reflects, and lets go of its snapshot. Gives the URL.
 */
export async function startMercurius(folder: string): Promise<string> {
  // A schema is one only to the copy of graphql that made it, and the peers bring their own.
  const [own, peers] = [createRequire(import.meta.url), createRequire(join(packageRoot, "bench", "package.json"))];
  const peersHome = pathToFileURL(join(packageRoot, "bench", "node_modules")).href;
  registerHooks({
    resolve: (name, context, next) =>
      /^graphql(\/|$)/.test(name) && context.parentURL?.startsWith(peersHome)
        ? { url: pathToFileURL(own.resolve(name)).href, shortCircuit: true }
        : next(name, context),
  });
  const mercurius = peers("mercurius") as FastifyPluginAsync<Options>;
  const { backend } = await openProduct(benchConfig(folder), "c360 bench");
  const app = Fastify();
  await app.register(mercurius, {
    schema: buildGraphQLSchema(),
    context: () => createRequestContext(backend),
    jit: 1,
  });
  (app as unknown as Mercurius).graphql.addHook("onResolution", async (execution, context) => {
    execution.extensions = { position: context.reflectedPosition() };
    context.release();
  });
  return app.listen({ host: "127.0.0.1", port: 0 });
}
