import { expect, test } from "vitest";
import { lineInFile, listParts } from "../../src/cli/listParts.ts";

const ids = (count: number) => Array.from({ length: count }, (_, n) => `core,${n}`);

test("a short list goes as it is", () =>
  expect(listParts("system,id\ncore,1\n", "csv")).toMatchObject([{ content: "system,id\ncore,1\n", firstLine: 2 }]));

test("a long CSV is cut into parts with the header each, and lines are found again", () => {
  const parts = listParts(["system,id", ...ids(45_000)].join("\n"), "csv");
  expect(parts.map(({ lines }) => lines)).toEqual([20_000, 20_000, 5_000]);
  for (const part of parts) {
    const lines = part.content.split("\n");
    expect(lines[0]).toBe("system,id");
    // Line 2 of a part is its first customer; customer n stands in line n + 2 of the file.
    expect(lineInFile(part, 2, "csv")).toBe(Number(lines[1]?.split(",")[1]) + 2);
  }
});

test("a long NDJSON is cut likewise", () => {
  const parts = listParts(ids(20_001).join("\n"), "ndjson");
  expect(parts.map(part => [part.lines, lineInFile(part, 1, "ndjson")])).toEqual([
    [20_000, 1],
    [1, 20_001],
  ]);
});

test("an empty file is one part, for the door to refuse", () => expect(listParts("", "csv")).toHaveLength(1));
