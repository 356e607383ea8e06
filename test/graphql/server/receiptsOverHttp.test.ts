import { expect, test } from "vitest";
import type { ReceiptDoor } from "../../../src/campaigns/receipts.ts";
import { StorageFailure } from "../../../src/domain/eventLog.ts";
import type { EventId } from "../../../src/domain/ids.ts";
import { startServer } from "./support/startServer.ts";

async function openDoor(report?: ReceiptDoor["report"]) {
  const taken: [readonly unknown[], string][] = [];
  const receipts: ReceiptDoor = {
    report: async (items, context) => {
      taken.push([items, context.source]);
      if (report !== undefined) return report(items, context);
      return items.map((item, index) =>
        item === "bad"
          ? { kind: "quarantined", quarantineId: "q", faults: [], withdrawal: null }
          : { kind: "duplicate", position: index + 1, eventId: "e" as EventId, withdrawal: null },
      );
    },
  };
  const { url } = await startServer({ receipts, limits: { chunkLines: 2 } });
  const send = async (body: string, query = "", type = "application/json", method = "POST") => {
    const sent = method === "GET" ? {} : { body };
    const response = await fetch(`${url}/receipts${query}`, { method, headers: { "content-type": type }, ...sent });
    return [response.status, await response.json()];
  };
  return { send, taken };
}

test("one receipt answers with its outcome, a list item by item and with a tally", async () => {
  const { send, taken } = await openDoor();
  const one = { kind: "duplicate", position: "1", eventId: "e", withdrawal: null };
  expect(await send(JSON.stringify({ contactId: "c" }))).toEqual([200, one]);
  const bad = { kind: "quarantined", quarantineId: "q", faults: [], withdrawal: null };
  expect(await send('"bad"', "?source=mailer")).toEqual([422, bad]);
  expect(await send(JSON.stringify([1, "bad", 3]))).toEqual([
    200,
    { outcomes: [one, bad, one], accepted: 0, duplicate: 2, quarantined: 1, position: "1" },
  ]);
  expect(taken).toEqual([
    [[{ contactId: "c" }], "receipts"],
    [["bad"], "mailer"],
    [[1, "bad"], "receipts"],
    [[3], "receipts"],
  ]);
});

test("what is not JSON, not a POST or not to be stored is told as such", async () => {
  const { send, taken } = await openDoor(() => Promise.reject(new StorageFailure("STORAGE_FULL", "full")));
  expect(await send("{")).toMatchObject([400, { code: "BAD_REQUEST" }]);
  expect(await send("", "", "text/plain")).toMatchObject([415, { code: "UNSUPPORTED_MEDIA_TYPE" }]);
  expect(await send("", "", "application/json", "GET")).toMatchObject([405, { code: "METHOD_NOT_ALLOWED" }]);
  expect(taken).toEqual([]);
  expect(await send("{}")).toMatchObject([503, { code: "STORAGE_FULL", outcome: "notStored" }]);
});
