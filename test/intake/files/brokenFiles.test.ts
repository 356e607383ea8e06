import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../../support/tempFolder.ts";
import { mapExtract, refusedPlan, writeExtract } from "./extract.ts";

const mapping = (settings = "") => `mapping: 1
source: test
timeZone: UTC
customerSystem: test
lookups:
  owner: { file: holder.csv, key: account, take: [client] }
files:
  - name: rows.csv
    optionalColumns: [remark]
${settings}
    facts:
      - type: behaviour-observed
        id: row/{id}
        subject: { customer: { lookup: owner, key: account, take: client } }
        occurredAt: day
        data: { name: { constant: seen }, properties.note: note, properties.remark: remark }
`;
const holder = "account,client\nA,7\n";
const rows = "id,account,day,note\n1,A,2020-01-01,x\n2,A,2020-01-02,y\n";
const extract = (files: Record<string, string | Buffer>) =>
  writeExtract(tempFolder(), { "holder.csv": holder, ...files });

describe("before anything is sent", () => {
  test("a missing file is named", async () => {
    expect(await refusedPlan(mapping(), [extract({})])).toMatchObject([{ code: "FILE_MISSING", file: "rows.csv" }]);
  });

  test("a folder that is not there is named", async () => {
    expect(await refusedPlan(mapping(), ["/no/such/folder"])).toMatchObject([
      { code: "FILE_MISSING", file: "/no/such/folder" },
    ]);
  });

  test("every missing column is named, of the rows and of the lookup", async () => {
    const folder = extract({ "rows.csv": "id,account\n1,A\n", "holder.csv": "account\nA\n" });
    const refusals = await refusedPlan(mapping(), [folder]);
    expect(refusals.map(({ code, file, path }) => [code, file, path])).toEqual([
      ["COLUMN_MISSING", join(folder, "holder.csv"), "client"],
      ["COLUMN_MISSING", join(folder, "rows.csv"), "day"],
      ["COLUMN_MISSING", join(folder, "rows.csv"), "note"],
    ]);
  });

  test("a needed column that stands twice is refused", async () => {
    const folder = extract({ "rows.csv": "id,account,day,note,day\n" });
    expect(await refusedPlan(mapping(), [folder])).toMatchObject([{ code: "COLUMN_REPEATED", path: "day" }]);
  });

  test("an empty file is refused, a file of a header alone is not", async () => {
    expect(await refusedPlan(mapping(), [extract({ "rows.csv": "" })])).toMatchObject([{ code: "FILE_EMPTY" }]);
    expect((await mapExtract(mapping(), [extract({ "rows.csv": "id,account,day,note\n" })])).facts).toEqual([]);
  });

  test("a lookup whose file is broken is refused", async () => {
    const folder = extract({ "rows.csv": rows, "holder.csv": 'account,client\nA,"7\n' });
    expect(await refusedPlan(mapping(), [folder])).toMatchObject([{ code: "CSV_BROKEN" }]);
  });

  test("a file that lies there plain and zipped is refused: the two may differ", async () => {
    const folder = extract({ "rows.csv": rows, "rows.csv.gz": gzipSync(rows) });
    expect(await refusedPlan(mapping(), [folder])).toMatchObject([
      { code: "FILE_REPEATED", file: join(folder, "rows.csv") },
    ]);
  });

  test("a file that is no gzip is refused", async () => {
    expect(await refusedPlan(mapping(), [extract({ "rows.csv.gz": rows })])).toMatchObject([{ code: "GZIP_BROKEN" }]);
  });
});

describe("what is read before a break is kept, and the break is told with its place", () => {
  const many = Array.from({ length: 5000 }, (_, n) => `${n},A,2020-01-01,note ${n * 7919}\n`).join("");
  const head = "id,account,day,note\n";

  test("a truncated gzip", async () => {
    const whole = gzipSync(head + many);
    const folder = extract({ "rows.csv.gz": whole.subarray(0, whole.length - 2000) });
    const { facts, refused, stopped } = await mapExtract(mapping(), [folder]);
    expect(stopped).toMatchObject({
      code: "GZIP_BROKEN",
      message: "the gzip data ends too early; fetch the file again",
    });
    expect(refused).toEqual([]);
    expect(facts.map(({ id }) => id)).toEqual(facts.map((_, index) => `row/${index}`));
  });

  test("a quote in the wrong place", async () => {
    const folder = extract({ "rows.csv": `${head}${many}x,A,2020-01-03,"z"z\ny,A,2020-01-04,\n` });
    const { facts, refused, stopped } = await mapExtract(mapping(), [folder]);
    expect(stopped).toMatchObject({ code: "CSV_BROKEN", line: 5002 });
    expect(stopped?.message).toMatch(/^text follows a closing quote; correct the file/);
    expect(refused).toEqual([]);
    expect(facts.map(({ id }) => id)).toEqual(Array.from({ length: 5000 }, (_, index) => `row/${index}`));
  });

  test("a quote that is never closed", async () => {
    const folder = extract({ "rows.csv": `${head}${many}x,A,2020-01-01,"open\n${many}` });
    const { facts, stopped } = await mapExtract(mapping(), [folder]);
    expect(stopped?.message).toContain("a quote that begins here or before is never closed");
    expect(facts).toHaveLength(5000);
  });

  test("a byte of another encoding, with its line", async () => {
    const bad = Buffer.concat([Buffer.from("x,A,2020-01-03,"), Buffer.from([0xe9]), Buffer.from("\n")]);
    const long = many.repeat(3);
    const folder = extract({ "rows.csv": Buffer.concat([Buffer.from(`${head}${long}`), bad, Buffer.from(many)]) });
    const { facts, stopped } = await mapExtract(mapping(), [folder]);
    expect(stopped).toMatchObject({ code: "ENCODING_WRONG", line: 15002 });
    expect(facts.length).toBeGreaterThan(1000);
  });

  test("a broken header line refuses the plan", async () => {
    expect(await refusedPlan(mapping(), [extract({ "rows.csv": `"id"x,account,day,note\n` })])).toMatchObject([
      { code: "CSV_BROKEN", line: 1 },
    ]);
  });
});

describe("a file written down in another way", () => {
  test("is read in its encoding, with its delimiter, byte order mark and line ends", async () => {
    const latin = Buffer.from("id;account;day;note\r\n1;A;2020-01-01;Plze\xf2\r\n", "latin1");
    const { facts } = await mapExtract(mapping("    delimiter: ';'\n    encoding: windows-1250"), [
      extract({ "rows.csv": latin }),
    ]);
    expect(facts[0]?.data).toEqual({ name: "seen", properties: { note: "Plzeň" } });
    const marked = await mapExtract(mapping(), [extract({ "rows.csv": `\ufeff${rows}` })]);
    expect(marked.facts).toHaveLength(2);
  });

  test("may have its columns in another order, more of them, and optional ones", async () => {
    const { facts } = await mapExtract(mapping(), [
      extract({ "rows.csv": "remark,note,day,extra,account,id\nr,n,2020-01-01,e,A,1\n" }),
    ]);
    expect(facts[0]?.data).toEqual({ name: "seen", properties: { note: "n", remark: "r" } });
  });

  test("may quote nothing at all", async () => {
    const { facts } = await mapExtract(mapping("    quotes: none"), [
      extract({ "rows.csv": 'id,account,day,note\n1,A,2020-01-01,5" nail\n' }),
    ]);
    expect(facts[0]?.data).toMatchObject({ properties: { note: '5" nail' } });
  });

  test("may have no header line, its columns being named in the mapping", async () => {
    const { facts } = await mapExtract(mapping("    columns: [id, account, day, note]"), [
      extract({ "rows.csv": "1,A,2020-01-01,x\n" }),
    ]);
    expect(facts.map(({ id }) => id)).toEqual(["row/1"]);
  });
});
