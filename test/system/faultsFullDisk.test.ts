import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, type TestContext, test } from "vitest";
import { openProduct } from "../../src/compose.ts";
import { toCloudEvent } from "../../src/demo/cloudEvent.ts";
import { StorageFailure } from "../../src/domain/eventLog.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { serve } from "../../src/serve.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { behaviour } from "./crashSupport/behaviour.ts";
import { expectWholeLog } from "./crashSupport/expectWholeLog.ts";
import { withLog } from "./crashSupport/readLog.ts";
import { storeConfig } from "./crashSupport/storeConfig.ts";
import { verified } from "./crashSupport/verified.ts";

/** Batch n of a feed that fills any disk; customers come again, so each batch changes what is there. */
const batch = (n: number): Fact[] => Array.from({ length: 40 }, (_, i) => behaviour(`${n}-${i}`, String(i)));
const noSpace = "nothing was stored, free some and send again";

test("facts sent to a full disk are refused with 503 STORAGE_FULL, nothing of them is stored, and later the same facts come in", async () => {
  const folder = tempFolder();
  const { url, product, close } = await serve(storeConfig(folder), pino({ level: "silent" }), { maxPages: 100 });
  const send = async (facts: readonly Fact[]) => {
    const answer = await fetch(`${url}/facts`, {
      method: "POST",
      headers: { "content-type": "application/cloudevents-batch+json" },
      body: JSON.stringify(facts.map(toCloudEvent)),
    });
    return { status: answer.status, retryAfter: answer.headers.get("retry-after"), json: await answer.json() };
  };
  let n = 0;
  let answer = await send(batch(n));
  while (answer.status === 200) {
    n += 1;
    answer = await send(batch(n));
  }
  const head = product.head();
  expect(n).toBeGreaterThan(1);
  expect(answer).toMatchObject({
    status: 503,
    retryAfter: "5",
    json: { code: "STORAGE_FULL", message: expect.stringContaining(noSpace), outcome: "notStored" },
  });

  const { id, type, subject, occurredAt, data, source } = behaviour("by GraphQL");
  const facts = Array.from({ length: 200 }, (_, i) => ({ id: `${id} ${i}`, type, subject, occurredAt, data }));
  const asked = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: "mutation ($input: RecordFactsInput!) { recordFacts(input: $input) { __typename } }",
      variables: { input: { source, facts } },
    }),
  });
  expect(await asked.json()).toMatchObject({
    errors: [{ message: expect.stringContaining(noSpace), extensions: { code: "STORAGE_FULL" } }],
  });

  expect(product.head()).toBe(head);
  expect(await product.backend.readModels.waitFor(head, 30_000)).toBe(true);
  const query = '{ customer(identity: { system: "web", id: "0" }) { customerId } log { head } }';
  const profile = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { "apollo-require-preflight": "yes" },
  });
  expect(await profile.json()).toMatchObject({
    data: { customer: { customerId: expect.any(String) }, log: { head: String(head) } },
  });
  await close();

  const roomy = await openProduct(storeConfig(folder), "a disk with room again");
  const { intake, operations } = roomy.backend;
  expect(roomy.head()).toBe(head);
  for (let earlier = 0; earlier < n; earlier += 1)
    for (const { kind } of await intake.submit({ format: "facts", facts: batch(earlier) }, { source }))
      expect(kind).toBe("duplicate");
  for (const { kind } of await intake.submit({ format: "facts", facts: batch(n) }, { source }))
    expect(kind).toBe("accepted");
  expect(await verified(operations)).toMatchObject({ state: "done", matches: true });
  await roomy.close();
  await withLog(folder, expectWholeLog);
});

/** A disk of its own, so small that it is soon full; null, loudly, where this process may not mount one. */
function smallDisk(megabytes: number, onTestFinished: TestContext["onTestFinished"]) {
  const folder = mkdtempSync(join(tmpdir(), "c360-disk-"));
  const mount = (options: string) => spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  if (mount(`size=${megabytes}m`).status !== 0) {
    rmSync(folder, { recursive: true });
    console.warn("skipped: a small tmpfs cannot be mounted here (it takes root and the right to mount)");
    return null;
  }
  onTestFinished(() => {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true });
  });
  const resize = (size: number) => expect(mount(`remount,size=${size}m`).status).toBe(0);
  let ballast = 0;
  const fill = (): void => {
    ballast += 1;
    for (const block of ["4k", "1"])
      spawnSync("dd", ["if=/dev/zero", `of=${folder}/ballast-${ballast}-${block}`, `bs=${block}`]);
  };
  return { folder, resize, fill };
}

test("on a disk that is really full the store refuses, keeps what it has, and goes on by itself once there is room", async ({
  onTestFinished,
  skip,
}) => {
  const disk = smallDisk(4, onTestFinished) ?? skip("no small disk to be had");
  const product = await openProduct(storeConfig(disk.folder), "a small disk");
  const { intake, readModels, operations } = product.backend;
  const submit = (n: number) => intake.submit({ format: "facts", facts: batch(n) }, { source: "web" });
  const fill = async (): Promise<{ readonly at: number; readonly failure: unknown }> => {
    for (let at = 0; ; at += 1)
      try {
        for (const { kind } of await submit(at)) expect(kind).toBe("accepted");
      } catch (failure) {
        return { at, failure };
      }
  };
  const { at, failure } = await fill();
  const head = product.head();
  expect(at).toBeGreaterThan(1);
  expect(failure).toBeInstanceOf(StorageFailure);
  expect(failure).toMatchObject({ code: "STORAGE_FULL", message: expect.stringContaining(noSpace) });
  await expect(submit(at)).rejects.toMatchObject({ code: "STORAGE_FULL" });
  expect(product.head()).toBe(head);
  const events = await product.backend.log.read({ direction: "backward", limit: 1 });
  expect(events).toMatchObject([{ position: head }]);

  disk.resize(128);
  for (const { kind } of await submit(at)) expect(kind).toBe("accepted");
  expect(await readModels.waitFor(product.head(), 30_000)).toBe(true);
  expect(await product.projector()).toMatchObject({ failure: null });
  expect(await verified(operations)).toMatchObject({ state: "done", matches: true });
  await product.close();
  await withLog(disk.folder, expectWholeLog);
});

test("a store can be closed on a full disk, and opened again once there is room", async ({ onTestFinished, skip }) => {
  const disk = smallDisk(4, onTestFinished) ?? skip("no small disk to be had");
  const product = await openProduct(storeConfig(disk.folder), "a small disk");
  const { intake } = product.backend;
  const submit = (n: number) => intake.submit({ format: "facts", facts: batch(n) }, { source: "web" });
  let stored = 0;
  await expect(
    (async () => {
      for (;;) stored += (await submit(stored)).length > 0 ? 1 : 0;
    })(),
  ).rejects.toMatchObject({ code: "STORAGE_FULL" });
  const head = product.head();
  disk.fill();
  await product.close();

  disk.fill();
  await expect(openProduct(storeConfig(disk.folder), "a full disk").then(({ close }) => close())).rejects.toMatchObject(
    {
      code: "STORAGE_FULL",
      message: expect.stringContaining(noSpace),
    },
  );
  disk.resize(128);
  const again = await openProduct(storeConfig(disk.folder), "a disk with room again");
  expect(again.head()).toBe(head);
  expect(await again.backend.readModels.waitFor(head, 30_000)).toBe(true);
  expect(await verified(again.backend.operations)).toMatchObject({ state: "done", matches: true });
  await again.close();
});
