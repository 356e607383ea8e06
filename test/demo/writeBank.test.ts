import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeBank } from "../../src/demo/writeBank.ts";
import { factOfCloudEvent } from "../../src/intake/factOfCloudEvent.ts";
import { bankFor } from "./bankFor.ts";

const options = { seed: 7, customers: 120, months: 6 };

test("a written bank, read line by line as CloudEvents, is the generated one", async () => {
  const { stream, text } = collector();
  const summary = await writeBank(stream, options);
  const lines = text().split("\n");
  expect(lines.pop()).toBe("");
  const read = lines.map(line => factOfCloudEvent(JSON.parse(line)));
  const { facts, summary: expected } = bankFor(options);
  const datable = facts.filter(({ occurredAt }) => !occurredAt.includes("-02-30"));
  expect(read.filter(fact => fact.ok).map(fact => fact.value)).toEqual(datable);
  expect(read.filter(fact => !fact.ok)).toHaveLength(expected.bad.badDate);
  expect(summary).toEqual(expected);
});

test("a slow stream is never handed more than its buffer and one chunk", async () => {
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1000,
    write(_chunk, _encoding, done) {
      most = Math.max(most, slow.writableLength);
      void setImmediate().then(() => done());
    },
  });
  await writeBank(slow, options);
  expect(most).toBeGreaterThan(1000);
  expect(most).toBeLessThan(400_000);
});

test("a stream that fails makes the writing fail with its error", async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) });
  await expect(writeBank(broken, options)).rejects.toThrow("disk full");
});

test("writing can be stopped", async () => {
  const stop = new AbortController();
  const { stream } = collector();
  const written = writeBank(stream, options, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(written).rejects.toThrow(/abort/i);
});

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
