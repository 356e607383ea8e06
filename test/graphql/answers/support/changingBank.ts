import { join } from "node:path";
import { pino } from "pino";
import { openReadModelStore } from "../../../../src/adapters/embedded/readModels/openReadModelStore.ts";
import { openReadModels } from "../../../../src/adapters/embedded/readModels/openReadModels.ts";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { customerStream } from "../../../../src/domain/ids.ts";
import { createRequestContext } from "../../../../src/graphql/context.ts";
import { formatError } from "../../../../src/graphql/errors.ts";
import { createHttpServer } from "../../../../src/graphql/server/createHttpServer.ts";
import { createCheckpointSignal } from "../../../../src/projections/checkpointSignal.ts";
import { createEngine } from "../../../../src/projections/engine.ts";
import { appendAll, customerId, type TestFact } from "../../../projections/support/facts.ts";
import { tempFolder } from "../../../support/tempFolder.ts";
import { schema, testBank } from "../../support/testBank.ts";

export type Question = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };

/**
 * Read models in SQLite, as the product has them, that facts, a clock, breakage and rebuilds change at will, behind two
 * servers: one that remembers answers and one that makes each of them anew.
 */
export async function changingBank(rememberedBytes = 2 ** 24) {
  const folder = tempFolder();
  const log = createMemoryLog({ logId: "log" });
  const signal = createCheckpointSignal();
  const broken = new Set<string>();
  let commits = 0;
  let files = 0;
  let now = 0;
  const generation = () => {
    files += 1;
    const file = join(folder, `readmodels-${files}.db`);
    const store = openReadModelStore(file);
    const engine = createEngine({
      log: log.reader,
      store,
      upcast: event => {
        if (broken.has(event.stream)) throw new Error(`cannot be lifted (${event.position})`);
        return event;
      },
      onCommit: position => {
        commits += 1;
        signal.publish(position);
      },
    });
    return { file, store, engine };
  };
  let current = generation();
  const readModels = openReadModels(current.file, signal, { commits: () => commits });
  const { backend } = testBank({ readModels, log: log.reader, now: () => now });

  const start = async (bytes: number) => {
    const server = createHttpServer({
      schema,
      createContext: recording => createRequestContext(backend, recording),
      intake: backend.intake,
      formatError,
      readiness: () => Promise.reject(new Error("nobody asks")),
      graphiqlDir: null,
      limits: { rememberedBytes: bytes },
      logger: pino({ level: "silent" }),
      production: true,
    });
    const url = await server.listen("127.0.0.1", 0);
    const ask = async (question: Question): Promise<string> => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(question) });
      return response.text();
    };
    return { server, ask };
  };
  const [remembering, plain] = [await start(rememberedBytes), await start(0)];

  return {
    record: async (...facts: readonly TestFact[]) => {
      appendAll(log.writer, facts);
      await current.engine.drain();
    },
    setClock: (instant: number) => {
      now = instant;
    },
    /** Events of that customer can no longer be lifted, from the next one on. */
    break: (name: string) => broken.add(customerStream(customerId(name))),
    mend: async (name: string) => {
      const stream = customerStream(customerId(name));
      broken.delete(stream);
      await current.engine.retry(stream);
    },
    rebuild: async () => {
      const old = current;
      current = generation();
      await current.engine.drain();
      readModels.switchTo(current.file);
      old.store.close();
    },
    ask: remembering.ask,
    askPlain: plain.ask,
    counts: () => remembering.server.answers()!,
    close: async () => {
      await Promise.all([remembering.server.close(), plain.server.close()]);
      readModels.close();
      current.store.close();
    },
  };
}
export type ChangingBank = Awaited<ReturnType<typeof changingBank>>;
