import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openProduct } from "../../src/compose.ts";
import { benchConfig } from "../importBank.ts";
import { median } from "../median.ts";
import { createPopulationLog } from "../tags/populationLog.ts";

export type StartFigures = {
  /** From starting the process until it has answered a question about everybody, in milliseconds. */
  readonly afterClose: number;
  /** The same after facts came since the newest image of the columns, and the process was killed. */
  readonly afterKill: number;
};

const starts = 3;
/** As many as at most wait for another image of the columns. */
const paymentsSince = 50_000;

/** How soon a store of many customers with 200 tags is served again. */
export async function benchStart(folder: string, customers: number, payments = paymentsSince): Promise<StartFigures> {
  const home = mkdtempSync(join(folder, "start-"));
  try {
    writeLog(home, log => {
      log.writeLives(customers, 1);
      log.publishTags();
    });
    await catchUp(home);
    const afterClose = await startTimes(home, customers);
    writeLog(home, log => log.writePayments(customers, payments));
    await caughtUpAndKilled(home);
    return { afterClose, afterKill: await startTimes(home, customers) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

function writeLog(home: string, write: (log: ReturnType<typeof createPopulationLog>) => void): void {
  const log = createPopulationLog(home, Date.now());
  try {
    write(log);
  } finally {
    log.close();
  }
}

async function catchUp(home: string): Promise<void> {
  const product = await openProduct(benchConfig(home), "c360 bench");
  try {
    if (!(await product.backend.readModels.waitFor(product.head(), 7_200_000)))
      throw new Error("the read models did not catch up");
    for (;;) {
      const session = product.backend.readModels.open();
      const fills = await session.tagFills();
      session.release();
      if (fills.length > 0 && fills.every(fill => fill.filled)) return;
      await wait(500);
    }
  } finally {
    await product.close();
  }
}

async function caughtUpAndKilled(home: string): Promise<void> {
  const { url, kill } = await started(home);
  for (;;) {
    const { position, head } = (await (await fetch(`${url}/ready`)).json()) as { position: string; head: string };
    if (position === head) break;
    await wait(200);
  }
  await kill();
}

async function startTimes(home: string, customers: number): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const begun = performance.now();
    const { url, kill } = await started(home);
    const counted = await countEverybody(url);
    times.push(performance.now() - begun);
    await kill();
    if (counted !== customers) throw new Error(`${counted} of ${customers} customers are there after a start`);
  }
  return median(times);
}

async function countEverybody(url: string): Promise<number> {
  const query = `{ previewSegment(rule: { tag: { code: "profile-language", exists: true } }) {
    __typename ... on SegmentPreview { count } } }`;
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const text = await answer.text();
  const { data } = JSON.parse(text) as { data?: { previewSegment?: { count?: number } } };
  if (data?.previewSegment?.count === undefined) throw new Error(`the question was not answered: ${text}`);
  return data.previewSegment.count;
}

async function started(home: string): Promise<{ readonly url: string; readonly kill: () => Promise<void> }> {
  const file = fileURLToPath(new URL(`./startedProcess${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, [home], { env: { ...process.env, NODE_ENV: "production" } });
  const early = once(child, "exit").then(() => {
    throw new Error("the server ended early; its message stands above");
  });
  const [{ url }] = (await Promise.race([once(child, "message"), early])) as [{ url: string }];
  early.catch(() => undefined);
  return {
    url,
    kill: async () => {
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}
