import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TagCode } from "../../../../src/domain/tag/definition.ts";
import type { ValueType } from "../../../../src/domain/tag/tagValue.ts";
import type { Columns, ColumnValue } from "../../../../src/projections/segments/columns/columns.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { loadImage } from "../../../../src/projections/segments/columns/image/loadImage.ts";
import { anyColumnValue, codes, customerAt, types } from "./support/anyTable.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "c360-image-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rows = 300;
const anyWrite = fc
  .constantFrom(...codes)
  .chain(code => fc.tuple(fc.constant(code), fc.nat(rows - 1), anyColumnValue(code, 1)));
const write = (columns: Columns, writes: readonly (readonly [TagCode, number, ColumnValue])[]): void => {
  for (const [code, row, value] of writes) columns.write(code, row, value);
};
const everything = (columns: Columns): unknown => ({
  rows: columns.rows(),
  bits: columns.bits("some").count(),
  values: codes.map(code => [
    columns.failed(code),
    Array.from({ length: columns.rows() }, (_, row) => columns.read(code, row)),
  ]),
  customers: Array.from({ length: columns.rows() }, (_, row) => [columns.idAt(row), columns.isLive(row)]),
});
function filled(writes: Parameters<typeof write>[1]): Columns {
  const columns = createColumns();
  for (const code of codes) columns.add(code, types[code] as ValueType);
  for (let row = 0; row < rows; row += 1) columns.place(row, customerAt(row));
  columns.live(7, false);
  columns.bits("some").set(9, true);
  columns.reflect({ position: 41, at: 1_700_000_000_000 });
  write(columns, writes);
  return columns;
}
const loaded = (file: string): Columns => {
  const image = loadImage(file, "this log");
  if (image.columns === null) throw new Error(image.reason);
  return image.columns;
};

test("what is saved is what is loaded, and goes on from there; what was written meanwhile is made good by writing it again", () => {
  const file = join(folder, "columns");
  fc.assert(
    fc.property(
      fc.array(anyWrite, { minLength: 1500, maxLength: 3000, size: "max" }),
      fc.array(anyWrite, { minLength: 30, maxLength: 300, size: "max" }),
      (before, meanwhile) => {
        const columns = filled(before);
        const saving = columns.save(file, "this log", 12);
        const pieces = Math.ceil(meanwhile.length / 10);
        for (let piece = 0, done = false; !done; piece += 1) {
          done = saving.step();
          if (piece < pieces) write(columns, meanwhile.slice(piece * 10, piece * 10 + 10));
        }
        const again = loaded(file);
        expect(again.reflects()).toEqual({ position: 41, at: 1_700_000_000_000 });
        write(columns, meanwhile);
        write(again, meanwhile);
        expect(everything(again)).toEqual(everything(columns));
      },
    ),
    { numRuns: 10 },
  );
});

test("an image that is damaged, cut short, of another log or not there is refused with the reason", () => {
  const file = join(folder, "refused");
  const columns = filled([["level" as TagCode, 3, "gold"]]);
  const saving = columns.save(file, "this log", 12);
  while (!saving.step());
  const reasonOf = (path: string, origin = "this log"): string => {
    const image = loadImage(path, origin);
    return image.columns === null ? image.reason : "loaded";
  };
  expect(reasonOf(file)).toBe("loaded");
  expect(reasonOf(file, "another log")).toBe("it is of this log, not of another log");
  expect(reasonOf(join(folder, "nowhere"))).toBe("there is none");
  const bytes = readFileSync(file);
  const damaged = Buffer.from(bytes);
  damaged[5000] = (damaged[5000] as number) ^ 4;
  writeFileSync(file, damaged);
  expect(reasonOf(file)).toContain("damaged");
  writeFileSync(file, bytes);
  truncateSync(file, bytes.length - 100);
  expect(reasonOf(file)).toBe("it was cut short");
  writeFileSync(file, "something else that is long enough to hold a head and a foot, surely");
  expect(reasonOf(file)).toBe("it is no image of this version");
});

test("a saving that is given up leaves the image before it", () => {
  const file = join(folder, "kept");
  const first = filled([["level" as TagCode, 3, "gold"]]).save(file, "this log", 12);
  while (!first.step());
  const second = filled([["level" as TagCode, 3, "silver"]]).save(file, "this log", 12);
  second.abandon();
  expect(loaded(file).read("level" as TagCode, 3)).toBe("gold");
});
