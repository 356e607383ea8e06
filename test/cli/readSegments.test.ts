import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDefinitions } from "../../src/cli/readDefinitions.ts";
import { readSegments } from "../../src/cli/readSegments.ts";
import { definition } from "../definitions/openDefinitions.ts";
import { segment } from "../definitions/openSegments.ts";
import { tempFolder } from "../support/tempFolder.ts";

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

test("segments come after those that they name, whatever file they are in", () => {
  const folder = folderWith({
    "a.json": [
      segment("top", {
        any: [{ segment: "middle" }, { not: { snapshot: { segment: "a", at: "2024-01-01T00:00:00Z" } } }],
      }),
      segment("middle", { all: [{ segment: "base" }] }),
    ],
    "b.json": [segment("base", { list: "vip" }), segment("a", { list: "vip" })],
  });
  const read = readSegments([folder]);
  expect(read.ok && read.value.map(({ id }) => id)).toEqual(["base", "middle", "a", "top"]);
});

test("a folder may hold tags beside segments", () => {
  const folder = folderWith({
    "tags.json": [definition({ code: "spend" })],
    "segments.json": segment("a", { list: "vip" }),
  });
  const segments = readSegments([folder]);
  expect(segments.ok && segments.value.map(({ id }) => id)).toEqual(["a"]);
  const tags = readDefinitions([folder]);
  expect(tags.ok && tags.value.map(({ definition: { code } }) => code)).toEqual(["spend"]);
  expect(readSegments([join(folder, "tags.json")]).ok).toBe(false);
});

test("everything that cannot be applied is told at once, by file", () => {
  const regex = segment("c", { any: [{ tag: { code: "city", matches: "(a+)+$", equals: "x" } as never }] });
  const folder = folderWith({
    "a.json": [segment("a", { list: "vip" }), { ...segment("b", { list: "vip" }), id: "B" }, 5, regex],
    "b.json": segment("a", { list: "vip" }),
    "c.json": "{",
  });
  const read = readSegments([folder, join(folder, "d.json")]);
  if (read.ok) throw new Error("expected problems");
  expect(read.refusal.map(line => line.replaceAll(`${folder}/`, "").replace(/: .*/, ""))).toEqual([
    "c.json cannot be read as JSON",
    "d.json cannot be read",
    "a.json[1] B id",
    "a.json[2]",
    "a.json[3] c rule.any[0].tag.matches",
    "b.json a",
  ]);
});
