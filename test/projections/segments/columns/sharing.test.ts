import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { createExclusion } from "../../../../src/projections/segments/columns/exclusion.ts";
import { createHeader } from "../../../../src/projections/segments/columns/header.ts";
import { customerAt, types } from "./support/anyTable.ts";

test("a reader in another thread has its turns while the writer writes flat out, and sees whole instants alone", async () => {
  const columns = createColumns();
  const [flag, city] = ["flag", "city"] as TagCode[] as [TagCode, TagCode];
  columns.add(flag, types.flag as ValueType);
  columns.place(0, customerAt(0));
  const some = columns.bits("some");
  const shared = columns.shared();
  const until = 20_000;
  const worker = new Worker(new URL("./support/readerThread.ts", import.meta.url), {
    workerData: { shared, until },
    transferList: [shared.news],
  });
  await once(worker, "message");
  const told = once(worker, "message");
  // Memory, a column, chunks and hundreds of texts that are made after the reader was given what there was.
  columns.apply(() => columns.add(city, types.city as ValueType));
  for (let position = 1; position <= until; position += 1)
    columns.apply(() => {
      const row = position % 50 === 0 ? (1 << 20) + (position % 1000) : position % 3000;
      columns.place(row, customerAt(row));
      const member = position % 3 !== 0;
      columns.write(flag, row, member);
      columns.write(city, row, `place ${position % 700}`);
      some.set(row, member);
      columns.reflect({ position, at: position });
    });
  const [seen] = (await told) as [{ position: number; count: number; last: [number, string, string] }[]];
  await worker.terminate();
  expect(new Set(seen.map(({ position }) => position)).size).toBeGreaterThan(10);
  expect(seen.filter(({ count }) => count !== 0)).toEqual([]);
  expect(seen.at(-1)).toEqual({
    position: until,
    count: 0,
    last: [columns.rows() - 1, columns.idAt(columns.rows() - 1), columns.read(city, columns.rows() - 1)],
  });
  expect(columns.rows()).toBeGreaterThan(1 << 20);
});

test("a reader that died holding the columns is forgotten", () => {
  const columns = createColumns();
  const { header } = columns.shared();
  new Int32Array(header)[0] = 2;
  columns.forgetReader();
  expect(columns.apply(() => "written")).toBe("written");
});

test("who has no turn in time is told who holds the columns", () => {
  const header = createHeader();
  const [one, other] = [createExclusion(header), createExclusion(header)];
  one.write(() => expect(() => other.read(() => "read", 20)).toThrow("held by the writer for more than 20 ms"));
  expect(other.read(() => "read", 20)).toBe("read");
});
