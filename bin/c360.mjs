#!/usr/bin/env node
// Plain JavaScript: on a Node too old for the native store it hands over to the one that came with the install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findNode } from "../scripts/findNode.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
if (Number(process.versions.napi) >= 10) {
  if (!existsSync(main)) fail("not built yet: run `npm run build` (or `npm start`, which builds) first");
  await import(main);
} else {
  const node = findNode(root);
  if (node === null)
    fail(
      `Node ${process.versions.node} is too old: 22.14 or newer is needed; \`npm install\` brings one on Linux x64 and arm64`,
    );
  const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}

function fail(message) {
  console.error(`c360: ${message}`);
  process.exit(1);
}
