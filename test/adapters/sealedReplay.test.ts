import { join } from "node:path";
import { expect, test } from "vitest";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../src/adapters/embedded/log/createLogWriter.ts";
import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import { generateBank } from "../../src/demo/generateBank.ts";
import type { LogReader } from "../../src/domain/eventLog.ts";
import { createIntake } from "../../src/intake/createIntake.ts";
import { createPersonalPaths } from "../../src/intake/personalPaths.ts";
import { tableDigests } from "../../src/projections/digest.ts";
import { createEngine } from "../../src/projections/engine.ts";
import { leftSealed } from "../../src/projections/logPages.ts";
import { secret } from "../intake/openDoor.ts";
import { shippedCatalogue } from "../intake/shippedCatalogue.ts";
import { tempFolder } from "../support/tempFolder.ts";

test("profiles are the same whether the folds see all personal values or only those they ask for", async () => {
  const folder = tempFolder();
  const vault = createKeyVault(join(folder, "keys.db"), "write");
  const writer = createLogWriter(join(folder, "events.db"), vault);
  const log = createLogReader(join(folder, "events.db"), vault);
  const intake = createIntake({
    writer,
    reader: log,
    catalogue: shippedCatalogue,
    secret,
    now: () => Date.UTC(2026, 0, 2),
  });
  for (const facts of generateBank({ seed: 4, customers: 100 }))
    await intake.submit({ format: "facts", facts }, { source: "test" });

  const opened: LogReader = { ...log, read: ({ leaveSealed: _, ...query }) => log.read(query) };
  const shown = async (reader: LogReader): Promise<string> => {
    const { store } = createMemoryReadModels();
    const isPersonal = createPersonalPaths(shippedCatalogue);
    await createEngine({ log: reader, store, upcast: event => event, isPersonal }).drain();
    const { customers, ...tables } = store.contents();
    // A history holds whatever fields it is given, so of its facts it is given the sealed ones only.
    const others = tableDigests({ customers, ...tables }).filter(([table]) => table !== "tags");
    const profiles = [...customers()].map(customer => ({
      ...customer,
      ...{ timeline: [...customer.timeline], entries: [...customer.entries] },
    }));
    return JSON.stringify([profiles, others]);
  };
  expect(await shown(log)).toBe(await shown(opened));

  const page = { limit: 5000, types: ["transaction-posted"] };
  const withCounterparty = (await log.read(page)).filter(event => event.data.counterparty !== undefined);
  expect(withCounterparty.length).toBeGreaterThan(10);
  const sealed = await log.read({ limit: 5000, leaveSealed: leftSealed });
  expect(sealed.filter(({ type, data }) => type === "transaction-posted" && data.counterparty !== undefined)).toEqual(
    [],
  );
  expect(sealed.filter(event => event.erased)).toEqual([]);
  const { stream } = withCounterparty[0] as (typeof withCounterparty)[number];
  const ofOne = await log.readStream({ stream, limit: 5000, leaveSealed: leftSealed });
  expect(ofOne).toEqual(sealed.filter(event => event.stream === stream));
  log.close();
  writer.close();
});
