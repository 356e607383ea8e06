import { expect, test } from "vitest";
// @ts-expect-error: a script of the build
import { compileKernels } from "../../../../assembly/build.mjs";
import { kernelBytes } from "../../../../src/projections/segments/columns/kernels/kernelBytes.ts";

test("the kernels that are checked in are those of their source", async () => {
  expect(await compileKernels()).toBe(kernelBytes);
});
