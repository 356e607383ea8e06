// The commands of package.json. Plain JavaScript for any Node since 18: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findNode } from "./findNode.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const [task, ...rest] = process.argv.slice(2);

install();
const node = findNode(root);
if (node === null) {
  console.error(
    `Node ${process.versions.node} is too old and no newer one came with the install: Node 22.14 or newer is needed ` +
      "(on Linux x64 and arm64 Node 24 comes from the registry with the optional dependencies; elsewhere install it).",
  );
  process.exit(1);
}

const tasks = {
  build,
  start: () => {
    build();
    run("bin/c360.mjs", ["serve", "--demo", "--months", "12", ...rest]);
  },
  test: () => {
    build();
    run(tool("vitest", "vitest.mjs"), ["run", ...rest]);
  },
  check: () => {
    run(tool("typescript", "bin/tsc"), ["-p", "tsconfig.json"]);
    run(tool("@biomejs/biome", "bin/biome"), ["check", "."]);
    run(tool("dependency-cruiser", "bin/dependency-cruise.mjs"), [
      "src",
      "bench",
      "--config",
      "dependency-cruiser.config.mjs",
    ]);
    run(tool("vitest", "vitest.mjs"), ["run", "--project", "unit"]);
  },
  schema: () => {
    build();
    run("--input-type=module", [
      "--eval",
      'import "reflect-metadata"; const { writeContract } = await import("./dist/src/graphql/printSchema.js"); await writeContract("schema/schema.graphql");',
    ]);
  },
  bench: () => {
    build();
    run("bin/c360.mjs", ["bench", ...rest]);
  },
  "example:campaign": () => {
    build();
    // Node 22 strips types only when asked to.
    run("--experimental-strip-types", ["--no-warnings", "examples/bank-campaign/main.ts", ...rest]);
  },
};
if (!(task in tasks)) {
  console.error(`unknown task "${task}"; one of: ${Object.keys(tasks).join(", ")}`);
  process.exit(2);
}
tasks[task]();

function install() {
  const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  const stamp = "node_modules/.installed";
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing what is missing (npm ci) …");
  // npm's own file and Node where npm started us, else whatever npm is on the path.
  const [command, first] = process.env.npm_execpath
    ? [process.env.npm_node_execpath ?? process.execPath, [process.env.npm_execpath]]
    : ["npm", []];
  finish(
    spawnSync(command, [...first, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      stdio: "inherit",
    }),
  );
  writeFileSync(stamp, wanted);
}

function build() {
  run(tool("typescript", "bin/tsc"), ["-p", "tsconfig.build.json"]);
  const sources = ["index.html", "main.tsx", "queries.ts", "vite.config.ts"].map(file => `src/graphiql/${file}`);
  const built = "dist/graphiql/index.html";
  const changed = Math.max(...[...sources, "package-lock.json"].filter(existsSync).map(file => statSync(file).mtimeMs));
  if (!existsSync(built) || statSync(built).mtimeMs < changed)
    run(tool("vite", "bin/vite.js"), ["build", "--config", "src/graphiql/vite.config.ts", "--logLevel", "warn"]);
}

function tool(name, file) {
  return `node_modules/${name}/${file}`;
}

function run(file, args) {
  finish(spawnSync(node, [file, ...args], { stdio: "inherit" }));
}

function finish({ status, signal, error }) {
  if (error) throw error;
  if (signal) process.kill(process.pid, signal);
  if (status !== 0) process.exit(status ?? 1);
}
