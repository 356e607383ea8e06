import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Nothing from outside; the editor styles its elements inline and starts its workers from blobs where it must. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the built GraphiQL page at `/`; where it was not built, says how to build it. */
export async function graphiqlRoutes(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, "index.html"))) {
    app.get("/", async (_request, reply) =>
      reply
        .code(404)
        .type("text/plain")
        .send("GraphiQL is not built; `npm run build` builds it. The API is at /graphql.\n"),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    prefix: "/",
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header("content-security-policy", contentSecurityPolicy);
      reply.header("x-content-type-options", "nosniff");
      reply.header("referrer-policy", "no-referrer");
      // Assets carry a digest in their names; the page that names them does not.
      reply.header("cache-control", path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable");
    },
  });
}
