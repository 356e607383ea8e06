import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test, vi } from "vitest";
import { printToken, readToken } from "../../../../src/projections/segments/feed/token.ts";
import { person, segmentId, type Told } from "../../../contracts/support/segmentBook.ts";
import { followedBank } from "./followedBank.ts";

type Line = Readonly<Record<string, unknown>> & { readonly kind: string; readonly token: string };

const linesOf = (text: string): readonly Line[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map(line => JSON.parse(line));

const ask = async (url: string, path: string) => {
  const response = await fetch(`${url}${path}`);
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type"), text };
};

/** Lines as they come, of an answer that does not end. */
async function following(url: string, path: string) {
  const asked = request(`${url}${path}`).end();
  onTestFinished(() => void asked.destroy());
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const lines: Line[] = [];
  createInterface({ input: response }).on("line", line => lines.push(JSON.parse(line)));
  return { lines, response, ended: once(response, "end"), stop: () => asked.destroy() };
}

const threeChanges: readonly Told[] = [
  [7, "in", { cause: "clock", occurredAt: 40 }],
  [2, "out", { cause: "fact", corrected: true }],
  [8, "in"],
];

test("changes come as lines from the first on, each with the token to resume after it", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1, 2, 3);
  bank.tell("gold", ...threeChanges);
  const { status, type, text } = await ask(bank.url, "/segments/gold/changes");
  expect([status, type]).toEqual([200, "application/x-ndjson; charset=utf-8"]);
  const lines = linesOf(text);
  expect(lines.map(({ kind, sequence }) => [kind, sequence])).toEqual([
    ["entered", 1],
    ["exited", 2],
    ["entered", 3],
    ["caughtUp", undefined],
  ]);
  const { token, ...first } = lines[0]!;
  expect(first).toEqual({
    ...{ kind: "entered", sequence: 1, customerId: person(7), cause: "clock", corrected: false, version: 1 },
    ...{ position: "12", at: "1970-01-01T00:00:00.120Z", occurredAt: "1970-01-01T00:00:00.040Z" },
  });
  for (const [at, line] of lines.entries()) {
    const rest = linesOf((await ask(bank.url, `/segments/gold/changes?after=${line.token}`)).text);
    expect(rest).toEqual(at < 3 ? lines.slice(at + 1) : lines.slice(3));
  }
  expect(readToken(token)).toMatchObject({ ok: true, value: { sequence: 1, segment: "gold" } });
});

test("a limit ends the answer after so many changes", async () => {
  const bank = await followedBank();
  bank.begin("gold");
  bank.tell("gold", [1, "in"], [2, "in"], [3, "in"]);
  const lines = linesOf((await ask(bank.url, "/segments/gold/changes?limit=2")).text);
  expect(lines.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test("followed, the answer goes on with what comes, and the server's close ends it with a line that says so", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  const { lines, ended } = await following(bank.url, "/segments/gold/changes?follow=true");
  await vi.waitUntil(() => lines.length === 1);
  bank.tell("gold", [5, "in"]);
  await vi.waitUntil(() => lines.length === 3);
  bank.tell("gold", [5, "out"]);
  await vi.waitUntil(() => lines.length === 5);
  await bank.close();
  await ended;
  expect(lines.map(({ kind, sequence }) => sequence ?? kind)).toEqual([
    "caughtUp",
    1,
    "caughtUp",
    2,
    "caughtUp",
    "closing",
  ]);
  expect(lines.at(-1)!.token).toBe(lines[3]!.token);
});

test("an archived segment's changes end", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.tell("gold", [5, "in"]);
  const { lines, ended } = await following(bank.url, "/segments/gold/changes?follow=true");
  await vi.waitUntil(() => lines.length === 2);
  bank.archive("gold");
  await ended;
  expect(lines.map(({ kind }) => kind)).toEqual(["entered", "caughtUp", "ended"]);
});

test("members come with the token to follow from, and say when they are complete", async () => {
  const bank = await followedBank({ people: 1_250 });
  bank.begin("gold", ...Array.from({ length: 1_200 }, (_, row) => row));
  bank.tell("gold", [3, "out"], [1_225, "in"]);
  const lines = linesOf((await ask(bank.url, "/segments/gold/members")).text);
  const expected = [...Array.from({ length: 1_200 }, (_, row) => row).filter(row => row !== 3), 1_225].map(person);
  expect(lines[0]).toMatchObject({ kind: "snapshot", sequence: 2, size: 1_200 });
  expect(lines.slice(1, -1).map(({ customerId }) => customerId)).toEqual(expected);
  expect(lines.at(-1)).toMatchObject({ kind: "complete", token: lines[0]!.token });
  bank.tell("gold", [3, "in"]);
  const rest = linesOf((await ask(bank.url, `/segments/gold/changes?after=${lines[0]!.token}`)).text);
  expect(rest.map(({ kind, customerId }) => [kind, customerId])).toEqual([
    ["entered", person(3)],
    ["caughtUp", undefined],
  ]);
});

test("refusals are problems with a stable code", async () => {
  const bank = await followedBank();
  bank.begin("gold", 1);
  bank.begin("blue", 1);
  const token = (given: object) =>
    printToken({ log: "test-log", epoch: "epoch-1", segment: segmentId("gold"), sequence: 0, ...given });
  const problemAt = async (path: string) => {
    const { status, type, text } = await ask(bank.url, path);
    expect(type).toBe("application/problem+json; charset=utf-8");
    const { code, reason, resync } = JSON.parse(text);
    return [status, code, reason, resync];
  };
  const changes = "/segments/gold/changes";
  const resync = "/segments/gold/members";
  expect(await problemAt("/segments/nobody/changes")).toEqual([404, "UNKNOWN_SEGMENT", undefined, undefined]);
  expect(await problemAt("/segments/nobody/members")).toEqual([404, "UNKNOWN_SEGMENT", undefined, undefined]);
  expect(await problemAt("/segments/NOT%20ONE/members")).toEqual([404, "UNKNOWN_SEGMENT", undefined, undefined]);
  expect(await problemAt(`${changes}?after=nonsense`)).toEqual([400, "TOKEN_MALFORMED", undefined, undefined]);
  expect(await problemAt(`/segments/blue/changes?after=${token({})}`)).toEqual([
    ...[400, "TOKEN_OF_OTHER_SEGMENT", undefined, undefined],
  ]);
  expect(await problemAt(`${changes}?after=${token({ sequence: 9 })}`)).toEqual([
    410,
    "TOKEN_EXPIRED",
    "ahead",
    resync,
  ]);
  expect(await problemAt(`${changes}?after=${token({ epoch: "other" })}`)).toEqual([
    ...[410, "TOKEN_EXPIRED", "feedBegunAnew", resync],
  ]);
  expect(await problemAt(`${changes}?after=${token({ log: "other" })}`)).toEqual([
    ...[410, "TOKEN_EXPIRED", "otherLog", resync],
  ]);
  expect(await problemAt(`${changes}?limit=0`)).toEqual([400, "BAD_REQUEST", undefined, undefined]);
  expect(await problemAt(`${changes}?follow=maybe`)).toEqual([400, "BAD_REQUEST", undefined, undefined]);
});

test("a client that does not read is waited for, not buffered for, and cut off in the end", async () => {
  const bank = await followedBank({ limits: { stallMs: 200 } });
  bank.begin("gold");
  bank.tell("gold", ...Array.from({ length: 40_000 }, (_, at): Told => [1, at % 2 === 0 ? "in" : "out"]));
  const { port, host } = new URL(bank.url);
  const deaf = connect(Number(port), "127.0.0.1");
  deaf.pause();
  deaf.write(`GET /segments/gold/changes HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  await vi.waitUntil(() => bank.followers() === 1);
  await vi.waitUntil(() => bank.followers() === 0, 5_000);
  const parts: Buffer[] = [];
  deaf.on("data", part => parts.push(part)).on("error", () => {});
  deaf.resume();
  await once(deaf, "close");
  const told = String(Buffer.concat(parts)).match(/"kind":"(entered|exited)"/g)?.length ?? 0;
  expect(told).toBeLessThan(40_000);
});
