import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Node 22 strips types only when asked to. */
const stripTypes = process.features.typescript === false ? ["--experimental-strip-types", "--no-warnings"] : [];
const patienceMs = 90_000;

/**
 * Runs a script of this folder until it has written as many words as wanted and a few milliseconds more, then kills it
 * with SIGKILL. Gives every whole line it wrote. Rejects when it ended by itself or never came that far.
 */
export async function killedProcess<Word>(
  script: string,
  order: object,
  when: { readonly isReached: (words: readonly Word[]) => boolean; readonly afterMs: number },
): Promise<Word[]> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [...stripTypes, file, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const words: Word[] = [];
  let complaints = "";
  let timer: NodeJS.Timeout | null = null;
  child.stderr.on("data", (part: Buffer) => (complaints += part.toString()));
  const giveUp = setTimeout(() => {
    complaints += `\nnot reached within ${patienceMs} ms`;
    child.kill("SIGKILL");
  }, patienceMs);
  const lines = createInterface({ input: child.stdout });
  lines.on("line", line => {
    const word = wordIn<Word>(line);
    if (word !== null) words.push(word);
    if (timer === null && when.isReached(words)) timer = setTimeout(() => child.kill("SIGKILL"), when.afterMs);
  });
  const linesEnded = new Promise(resolve => lines.once("close", resolve));
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_, endedBy) => resolve(endedBy));
  });
  await linesEnded;
  clearTimeout(giveUp);
  if (signal !== "SIGKILL" || timer === null) throw new Error(`${script} was not killed in time: ${complaints}`);
  return words;
}

/** A line cut off by the kill was not told. */
function wordIn<Word>(line: string): Word | null {
  try {
    return JSON.parse(line) as Word;
  } catch {
    return null;
  }
}
