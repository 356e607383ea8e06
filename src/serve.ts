import "reflect-metadata";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { LogWriterOptions } from "./adapters/embedded/log/createLogWriter.ts";
import { openProduct, type Product } from "./compose.ts";
import type { Config } from "./config.ts";
import { createRequestContext } from "./graphql/context.ts";
import { formatError } from "./graphql/errors.ts";
import { buildGraphQLSchema } from "./graphql/schema.ts";
import { createHttpServer, type HttpServer } from "./graphql/server/createHttpServer.ts";
import { packageRoot } from "./packageRoot.ts";

export type Served = {
  readonly product: Product;
  readonly url: string;
  readonly answers: HttpServer["answers"];
  readonly close: () => Promise<void>;
};

/** Opens the store and answers over HTTP. Throws StorageFailure, or the system's own error for a port that is taken. */
export async function serve(config: Config, logger: Logger, logOptions: LogWriterOptions = {}): Promise<Served> {
  const product = await openProduct(config, "c360 serve", logOptions);
  const { backend } = product;
  const graphiql = join(packageRoot, "dist/graphiql");
  try {
    const server = createHttpServer({
      schema: await buildGraphQLSchema(),
      createContext: recording => createRequestContext(backend, recording),
      intake: backend.intake,
      receipts: backend.receipts,
      feeds: backend,
      formatError,
      readiness: async () => {
        const { failure } = await product.projector();
        const [head, position] = [product.head(), product.checkpoint()];
        return {
          ready: failure === null,
          position: String(position),
          head: String(head),
          lag: head - position,
          ...(failure !== null && { reason: failure }),
        };
      },
      graphiqlDir: existsSync(graphiql) ? graphiql : null,
      limits: {
        bodyBytes: config.bodyLimit,
        requestMs: config.requestTimeoutMs,
        rememberedBytes: config.answerMemory,
      },
      logger,
      production: config.production,
      introspection: config.introspection,
    });
    const url = await server.listen(config.host, config.port);
    product.announce(url);
    return {
      product,
      url,
      answers: server.answers,
      close: async () => {
        await server.close();
        await product.close();
      },
    };
  } catch (error) {
    await product.close();
    throw error;
  }
}
