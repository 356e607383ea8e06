import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { StorageFailure } from "../../../src/domain/eventLog.ts";
import { createDoorIntake } from "./support/doorIntake.ts";
import { startServer } from "./support/startServer.ts";

const line = (id: string, padding = 0) => `${JSON.stringify({ specversion: "1.0", id, pad: "x".repeat(padding) })}\n`;

async function openStream(options: Parameters<typeof startServer>[0] = {}, query = "") {
  const door = createDoorIntake();
  const { url } = await startServer({ ...options, intake: door.intake });
  const sent: ClientRequest = request(`${url}/facts${query}`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
  });
  sent.on("error", () => {});
  const answered = once(sent, "response").then(([response]) => response as IncomingMessage);
  const answers = async function* () {
    for await (const text of createInterface({ input: await answered })) yield JSON.parse(text);
  };
  const all = async () => {
    const lines = [];
    for await (const answer of answers()) lines.push(answer);
    return lines;
  };
  return { ...door, sent, answered, answers: answers(), all };
}

test("each line gets its outcome under its number, and the last line is the tally", async () => {
  const { sent, all } = await openStream();
  sent.end(`${line("a")}\n  \r\n${line("b").trim()}\r\n{"broken"\n${line("a")}${line("c").trim()}`);
  expect(await all()).toEqual([
    { line: 1, kind: "accepted", position: "1", eventId: "a", customerId: null, flags: [] },
    { line: 4, kind: "accepted", position: "2", eventId: "b", customerId: null, flags: [] },
    { line: 5, kind: "quarantined", quarantineId: "q1", faults: [{ field: "id", code: "missing", message: "no id" }] },
    { line: 6, kind: "duplicate", position: "1", eventId: "a" },
    { line: 7, kind: "accepted", position: "3", eventId: "c", customerId: null, flags: [] },
    { accepted: 3, duplicate: 1, quarantined: 1, position: "3", tooLong: 0, complete: true },
  ]);
});

test("only the tally is told when only that is asked for, also for an empty stream", async () => {
  const { sent, all } = await openStream({}, "?summary=true");
  sent.end(line("a") + line("b"));
  expect(await all()).toEqual([
    { accepted: 2, duplicate: 0, quarantined: 0, position: "2", tooLong: 0, complete: true },
  ]);
  const empty = await openStream();
  empty.sent.end();
  expect(await empty.all()).toEqual([
    { accepted: 0, duplicate: 0, quarantined: 0, position: null, tooLong: 0, complete: true },
  ]);
});

test("a client that waits for an outcome before it sends more gets it", async () => {
  const { sent, answers } = await openStream();
  for (const id of ["a", "b", "c"]) {
    sent.write(line(id));
    expect((await answers.next()).value).toMatchObject({ kind: "accepted", eventId: id });
  }
  sent.end();
  expect((await answers.next()).value).toMatchObject({ accepted: 3, complete: true });
});

test("characters split between packets arrive whole", async () => {
  const { sent, seen, answers } = await openStream();
  const bytes = Buffer.from('{"id":"书"}\n{"id":"b"}\n');
  sent.write(bytes.subarray(0, 8));
  await vi.waitUntil(() => sent.writableLength === 0);
  sent.end(bytes.subarray(8));
  await answers.next();
  await answers.next();
  expect([...seen.keys()]).toEqual(["书", "b"]);
});

test("a line beyond the limit is told and skipped; its neighbours are taken", async () => {
  const { sent, all, lines } = await openStream({ limits: { lineBytes: 200 } });
  sent.end(line("a") + line("long", 300_000) + line("b"));
  expect(await all()).toMatchObject([
    { line: 1, kind: "accepted" },
    { line: 2, kind: "tooLong", limitBytes: 200 },
    { line: 3, kind: "accepted" },
    { accepted: 2, tooLong: 1, complete: true },
  ]);
  expect(lines()).toHaveLength(2);
});

test("while the intake is busy the socket is read no further, and nothing is lost", async () => {
  const { sent, all, taken, lines, standInTheDoor } = await openStream({
    limits: { chunksInFlight: 2, chunkLines: 10 },
  });
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  standInTheDoor(() => opened);
  const total = 20_000;
  let written = 0;
  const pump = () => {
    while (written < total) if (!sent.write(line(`e${written++}`, 1000))) return void sent.once("drain", pump);
    sent.end();
  };
  pump();
  await vi.waitUntil(() => taken.length === 2 && sent.writableNeedDrain);
  // 20 MB are to be sent; only what fits into socket buffers was taken off the client's hands.
  const stuck = written;
  await new Promise(resolve => setImmediate(resolve));
  expect(taken.length).toBe(2);
  expect(lines().length).toBeLessThanOrEqual(20);
  expect(stuck).toBeLessThan(total);
  open();
  const answers = await all();
  expect(answers.at(-1)).toMatchObject({ accepted: total, complete: true, position: String(total) });
  expect(answers.slice(0, -1).map(answer => answer.line)).toEqual(
    Array.from({ length: total }, (_, index) => index + 1),
  );
});

test("a store that fails before anything was told answers 503; the client need not have finished sending", async () => {
  const { sent, answered, all, standInTheDoor } = await openStream();
  standInTheDoor(() => Promise.reject(new StorageFailure("STORAGE_FULL", "The disk is full: make room.")));
  sent.write(line("a"));
  const response = await answered;
  expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "5"]);
  expect(await all()).toEqual([
    expect.objectContaining({ accepted: 0, complete: false, code: "STORAGE_FULL", outcome: "notStored" }),
  ]);
  sent.destroy();
});

test("a store that fails later ends the stream with the reason; lines without an outcome were not acknowledged", async () => {
  const { sent, answers, standInTheDoor, seen } = await openStream();
  sent.write(line("a"));
  expect((await answers.next()).value).toMatchObject({ line: 1, kind: "accepted" });
  standInTheDoor(() => Promise.reject(new StorageFailure("STORAGE_FULL", "The disk is full: make room.")));
  sent.write(line("b") + line("c"));
  expect((await answers.next()).value).toMatchObject({ accepted: 1, complete: false, code: "STORAGE_FULL" });
  expect((await answers.next()).done).toBe(true);
  sent.destroy();
  expect([...seen.keys()]).toEqual(["a"]);
});

test("a client that goes away loses only what it was not told; the server goes on", async () => {
  const door = createDoorIntake();
  const { url } = await startServer({ intake: door.intake });
  const sent = request(`${url}/facts`, { method: "POST", headers: { "content-type": "application/x-ndjson" } });
  sent.on("error", () => {});
  sent.write(line("a"));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  await once(response, "data");
  sent.write('{"id":"half');
  sent.destroy();
  const again = await fetch(`${url}/facts?summary=true`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: line("a") + line("b"),
  });
  expect(await again.json()).toMatchObject({ accepted: 1, duplicate: 1 });
  expect(door.lines()).not.toContain('{"id":"half');
});

test("a stream on which nothing moves is given up", async () => {
  const { sent, answered } = await openStream({ limits: { stallMs: 50 } });
  const closed = new Promise(resolve => sent.once("close", resolve));
  answered.catch(() => {});
  sent.write('{"id":');
  await closed;
  expect(sent.destroyed).toBe(true);
});
