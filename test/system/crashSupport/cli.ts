import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/packageRoot.ts";

export type CliRun = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export type CliOptions = {
  /** Set on top of an environment that says nothing about the product. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user and group to run as. */
  readonly uid?: number;
  /** The product's folder; default: this checkout. */
  readonly root?: string;
};

const patienceMs = 120_000;

/** Starts the built product's command line. Throws where it is not built. */
export function startCli(
  args: readonly string[],
  { env = {}, uid, root = packageRoot }: CliOptions = {},
): ChildProcess {
  if (!existsSync(join(root, "dist/src/cli/main.js")))
    throw new Error(`${root} is not built: \`npm test\` builds before it tests, or run \`npm run build\``);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(C360_|VITEST|NODE_ENV|TEST$|DEV$|PROD$)/.test(name),
  );
  const options: SpawnOptions = {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid !== undefined && { uid, gid: uid }),
  };
  return spawn(process.execPath, [join(root, "bin/c360.mjs"), ...args], options);
}

/** Runs one command to its end. */
export async function runCli(args: readonly string[], options?: CliOptions): Promise<CliRun> {
  return endOf(startCli(args, options));
}

/** Everything a process says until it has ended; what goes on for too long is killed. */
export async function endOf(child: ChildProcess, longestMs = patienceMs): Promise<CliRun> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.on("data", (part: Buffer) => (texts[name] += part.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), longestMs);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  return { status, ...texts };
}

export type RunningServer = {
  readonly url: string;
  readonly pid: number;
  /** How it ended. */
  readonly ended: Promise<CliRun>;
  readonly signal: (name: NodeJS.Signals) => void;
};

/** Starts `c360 serve` on a folder at a free port and waits until it answers. Stop it by signal, and await its end. */
export async function startServer(folder: string, options: CliOptions = {}): Promise<RunningServer> {
  const child = startCli(["serve", "--data", folder, "--port", "0"], options);
  const ended = endOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (part: Buffer) => {
      said += part.toString();
      const found = /answers at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    ended.then(({ status, stderr }) => reject(new Error(`the server ended with ${status}: ${stderr}`)), reject);
  });
  return { url, pid: child.pid as number, ended, signal: name => void child.kill(name) };
}
