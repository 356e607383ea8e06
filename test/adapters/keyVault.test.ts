import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createKeyVault } from "../../src/adapters/embedded/createKeyVault.ts";
import { tempFolder } from "../support/tempFolder.ts";

const megabyte = 2 ** 20;

test("the write-ahead log of the keys does not grow with the customers", () => {
  const path = join(tempFolder(), "keys.db");
  const vault = createKeyVault(path, "write");
  for (let customer = 0; customer < 12_000; ) {
    // Ids come in no order of their own.
    for (let n = 0; n < 100; n += 1, customer += 1) vault.ensure(`${(customer * 7919) % 12_007}`);
    vault.commit();
    vault.maintain();
  }
  expect(statSync(`${path}-wal`).size).toBeLessThan(20 * megabyte);
  expect(statSync(path).size).toBeGreaterThan(megabyte / 2);
  vault.close();
});
