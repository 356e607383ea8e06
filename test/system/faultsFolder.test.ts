import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { behaviour, behaviourLine } from "./crashSupport/behaviour.ts";
import { runCli } from "./crashSupport/cli.ts";
import { fillStoreWith } from "./crashSupport/filledStore.ts";
import { expectPlainFailure } from "./crashSupport/plainFailure.ts";

/** The superuser may write everywhere, so the commands run as nobody then; anybody else runs them as themselves. */
const uid = process.getuid?.() === 0 ? 65_534 : undefined;
const canRun = (() => {
  const script = `require("fs").accessSync(${JSON.stringify(join(packageRoot, "bin/c360.mjs"))})`;
  const { status } = spawnSync(process.execPath, ["-e", script], uid === undefined ? {} : { uid, gid: uid });
  if (status !== 0) console.warn(`skipped: user ${uid} cannot read ${packageRoot}, so nothing can be run as it`);
  return status === 0;
})();
const asUser = uid === undefined ? {} : { uid };
const advice = "make the data folder readable and writable for this user, or name another one with C360_DATA_DIR";

/** A folder that the user can look into; it may be written to only where `writable` says so. */
function folderFor(writable: boolean): string {
  const folder = tempFolder();
  if (uid !== undefined && writable) chownSync(folder, uid, uid);
  chmodSync(folder, writable || uid !== undefined ? 0o755 : 0o555);
  return folder;
}

const factsFile = (): string => {
  const file = join(folderFor(true), "facts.ndjson");
  writeFileSync(file, `${behaviourLine("a")}\n`);
  return file;
};

test.runIf(canRun)(
  "a folder that cannot be written is refused in plain words by every command that needs to",
  async () => {
    const folder = folderFor(false);
    const noStore = "there is no store in ";
    for (const [command, words] of [
      [["serve", "--port", "0"], advice],
      [["import", factsFile()], advice],
      [["verify"], noStore],
      [["rebuild"], noStore],
      [["quarantine", "list"], noStore],
    ] as const)
      for (const place of [folder, join(folder, "new")])
        expectPlainFailure(await runCli([...command, "--data", place], asUser), place, words);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.runIf(canRun)("a store of somebody else is refused in plain words, and stays as it is", async () => {
  const folder = folderFor(false);
  if (uid === undefined) chmodSync(folder, 0o755);
  await fillStoreWith(folder, [behaviour("a"), behaviour("b")]);
  const files = readdirSync(folder).filter(name => name !== "holder.json");
  if (uid === undefined)
    for (const name of [...files, "."]) chmodSync(join(folder, name), name === "." ? 0o555 : 0o444);
  expectPlainFailure(await runCli(["import", factsFile(), "--data", folder], asUser), folder, advice);
  expectPlainFailure(await runCli(["serve", "--port", "0", "--data", folder], asUser), folder, advice);
  expectPlainFailure(await runCli(["events", "tail", "--data", folder], asUser), join(folder, "keys.db"), advice);
  expect(readdirSync(folder).filter(name => name !== "holder.json")).toEqual(files);
  for (const name of [".", ...files]) chmodSync(join(folder, name), 0o755);
  expect(await runCli(["verify", "--data", folder])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("All 3 events match their hashes"),
  });
});

test("a command that only reads says so where there is no store", async () => {
  const folder = join(tempFolder(), "none");
  expectPlainFailure(await runCli(["events", "tail", "--data", folder]), "there is no ", folder);
});
