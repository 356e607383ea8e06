import { expect } from "vitest";
import type { CliRun } from "./cli.ts";

/** A command that ended as a told failure: exit code 1, in plain words, without a stack. */
export function expectPlainFailure({ status, stderr }: CliRun, ...words: readonly string[]): void {
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).toMatch(/^c360: /);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(status).toBe(1);
}
