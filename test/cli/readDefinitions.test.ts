import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDefinitions } from "../../src/cli/readDefinitions.ts";
import { definition } from "../definitions/openDefinitions.ts";
import { tempFolder } from "../support/tempFolder.ts";

const sum = (code: string, ...of: readonly string[]) =>
  definition({ code, rule: { formula: { add: of.map(tag => ({ tag })) } } });

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

test("definitions come after those they are computed from, whatever file they are in", () => {
  const folder = folderWith({
    "a.json": [sum("total", "b", "a"), sum("a", "count")],
    "b.json": sum("b", "a"),
    "c.json": definition({ code: "count" }),
    "notes.txt": "no definition",
  });
  const read = readDefinitions([folder]);
  expect(read.ok && read.value.map(({ definition: { code } }) => code)).toEqual(["count", "a", "b", "total"]);
});

test("everything wrong in all files is told at once, by file and path", () => {
  const folder = folderWith({
    "a.json": [definition({ code: "a" }), { ...definition({ code: "b" }), owner: "" }],
    "b.json": definition({ code: "a" }),
    "c.json": "{",
  });
  const read = readDefinitions([folder, join(folder, "d.json")]);
  if (read.ok) throw new Error("expected problems");
  expect(read.refusal.map(line => line.replaceAll(`${folder}/`, ""))).toEqual([
    expect.stringContaining("c.json cannot be read as JSON: "),
    expect.stringContaining("d.json cannot be read: "),
    "a.json[1] b owner: must not be empty",
    "b.json a: a is defined in a.json too",
  ]);
});

test("definitions that go round in a circle are read, for the store to refuse", () => {
  const folder = folderWith({ "a.json": [sum("a", "b"), sum("b", "a")] });
  const read = readDefinitions([folder]);
  expect(read.ok && read.value.length).toBe(2);
});
