import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test } from "vitest";
import { collectInBackground } from "../../src/threads/background.ts";

const tasks = "/proc/self/task";
const named = (name: string): readonly number[] =>
  readdirSync(tasks)
    .filter(task => readFileSync(`${tasks}/${task}/comm`, "utf8").trim() === name)
    .map(Number);

/** Node before 24 gives its threads no names. */
const hasNames = process.platform === "linux" && Number.parseInt(process.versions.node, 10) >= 24;

test.runIf(hasNames)("V8's helpers stand behind the threads of the process, which stay as they are", () => {
  const helpers = named("V8Worker");
  const [main = 0] = named("MainThread");
  const before = getPriority(main);
  collectInBackground();
  expect(helpers.length).toBeGreaterThan(0);
  expect(helpers.map(task => getPriority(task))).toEqual(helpers.map(() => 10));
  expect(getPriority(main)).toBe(before);
});
