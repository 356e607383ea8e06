// Compiles the kernels into a module that needs no file beside it: threads and bundles load it like any other source.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/projections/segments/columns/kernels/kernelBytes.ts");

export async function compileKernels() {
  const files = new Map();
  const { error, stderr } = await asc.main(
    [
      "columnKernels.ts",
      ...["--outFile", "kernels.wasm", "-O3", "--converge", "--noAssert", "--runtime", "stub"],
      ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--noExportMemory"],
      ...["--enable", "simd", "--enable", "threads"],
    ],
    {
      readFile: name => (name === "columnKernels.ts" ? readFileSync(join(here, name), "utf8") : null),
      writeFile: (name, contents) => void files.set(name, contents),
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(files.get("kernels.wasm")).toString("base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = (await compileKernels()).match(/.{1,100}/g).map(line => `  "${line}",`);
  writeFileSync(
    target,
    `/** Compiled from assembly/columnKernels.ts by assembly/build.mjs; a test holds it to its source. */\n` +
      `export const kernelBytes = [\n${lines.join("\n")}\n].join("");\n`,
  );
}
