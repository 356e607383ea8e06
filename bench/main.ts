import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../src/packageRoot.ts";
import { benchAppend } from "./appendLog.ts";
import { benchCampaigns } from "./campaigns/main.ts";
import { type Figure, meetsDemand, printFigures } from "./figure.ts";
import { benchGroupCommit } from "./groupCommit.ts";
import { benchHttp } from "./http/benchHttp.ts";
import { httpFigures } from "./http/httpFigures.ts";
import { benchImport } from "./importBank.ts";
import { benchPeerAppend } from "./peerAppend.ts";
import { benchReadsDuringImport } from "./readsDuringImport.ts";
import { benchRebuild } from "./rebuildModels.ts";
import { benchReplay } from "./replayLog.ts";
import { benchSegments, benchTenMillion } from "./segments/main.ts";
import { benchStart } from "./start/benchStart.ts";
import { benchTags } from "./tags/benchTags.ts";

export type BenchRun = {
  readonly json?: true;
  readonly only?: readonly string[];
  readonly quick?: true;
  /** Tags and starts at a million customers, counts also at ten million. */
  readonly large?: true;
};

const peers = join(packageRoot, "bench");

const measurements: Record<string, (folder: string, quick: boolean, large: boolean) => Promise<Figure[]>> = {
  append: async (folder, quick) => {
    const scale = quick ? 20 : 1;
    const plan = [
      { commitSize: 1000, events: 300_000 / scale },
      { commitSize: 1, events: 3000 / scale },
      { commitSize: 10, events: 20_000 / scale },
      { commitSize: 100, events: 60_000 / scale },
      { commitSize: 1000, events: 200_000 / scale },
      { commitSize: 1000, events: 317_000 / scale },
      { commitSize: 1000, events: 100_000 / scale },
    ];
    const rows = benchAppend(folder, plan);
    const demands = { 1: [0.6, 0.9], 10: [0.3, 0.9], 100: [0.1, 0.35], 1000: [0.1, 0.22] } as Record<
      number,
      [number, number]
    >;
    const figure = (row: (typeof rows)[number], when: string): Figure => ({
      name: `durable append, commits of ${row.commitSize}${when}`,
      value: row.ours,
      unit: "events/s",
      against: "bare fsynced file",
      reference: row.floor,
      ratio: row.ratio,
      must: demands[row.commitSize]?.[0] ?? null,
      aim: demands[row.commitSize]?.[1] ?? null,
    });
    const [first, ...rest] = rows;
    const last = rest.pop();
    return [
      ...rest.slice(0, 3).map(row => figure(row, "")),
      ...(first ? [figure(first, ", 0 to 300,000 events")] : []),
      ...(last ? [figure(last, ", 900,000 to 1,000,000 events")] : []),
      ...(first && last
        ? [
            {
              name: "append rate at a million events",
              value: last.ours,
              unit: "events/s",
              against: "at the start",
              reference: first.ours,
              ratio: last.ratio / first.ratio,
              must: null,
              aim: 1,
            },
          ]
        : []),
    ];
  },
  writers: async (folder, quick) => {
    const { sequential, concurrent, ratio, writers } = await benchGroupCommit(folder, quick ? 1 : 5);
    const against = "one writer";
    return [
      {
        name: `${writers} concurrent writers`,
        value: concurrent,
        unit: "facts/s",
        against,
        reference: sequential,
        ratio,
        must: 4,
        aim: 8,
      },
    ];
  },
  peer: async (folder, quick) =>
    (await benchPeerAppend(folder, peers, quick ? 1 : 7)).map(({ use, ours, peer, ratio }) => ({
      name: `append, ${use}`,
      value: ours,
      unit: "events/s",
      against: "emmett-sqlite",
      reference: peer,
      ratio,
      must: 6,
      aim: 9,
    })),
  replay: async (folder, quick) => {
    const { ours, floor, ratio } = await benchReplay(folder, quick ? 20_000 : 300_000, quick ? 1 : 7);
    const against = "parsing JSON lines";
    return [
      {
        name: "replay, each event checked",
        value: ours,
        unit: "events/s",
        against,
        reference: floor,
        ratio,
        must: 0.65,
        aim: 1,
      },
    ];
  },
  rebuild: async (folder, quick) => {
    const figures: Figure[] = [];
    for (const kind of ["bank", "sparse"] as const) {
      const { ours, floor, ratio } = await benchRebuild(folder, kind, quick ? 20_000 : 300_000, quick ? 1 : 3);
      const name = kind === "bank" ? "rebuild, a generated bank" : "rebuild, three random payments per customer";
      const against = "same fold in memory";
      figures.push({ name, value: ours, unit: "events/s", against, reference: floor, ratio, must: 0.12, aim: 0.2 });
    }
    return figures;
  },
  import: async (folder, quick) => {
    const { factsPerSecond } = await benchImport(folder, quick ? 200 : 5000);
    const name = "import: file to visible in a profile";
    return [
      {
        name,
        value: factsPerSecond,
        unit: "facts/s",
        against: null,
        reference: null,
        ratio: null,
        must: 15_000,
        aim: null,
      },
    ];
  },
  reads: async (folder, quick) => {
    const { duringImport, idle, ratio, importFactsPerSecond, p99DuringImport } = await benchReadsDuringImport(
      folder,
      quick ? 100 : 1000,
      quick ? 1 : 5,
    );
    const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
    return [
      {
        name: "profile reads during an import",
        value: duringImport,
        unit: "reads/s",
        against: "idle",
        reference: idle,
        ratio,
        must: 0.5,
        aim: 0.8,
      },
      { name: "the import meanwhile", value: importFactsPerSecond, unit: "facts/s", ...plain },
      { name: "p99 of those reads", value: p99DuringImport, unit: "ms", ...plain },
    ];
  },
  tags: (folder, quick, large) => benchTags(folder, { quick, large }),
  segments: (folder, quick) => benchSegments(folder, { quick }),
  tenMillion: (_, quick) => benchTenMillion({ quick }),
  campaigns: (folder, quick) => benchCampaigns(folder, quick),
  start: async (folder, quick, large) => {
    const customers = quick ? 2000 : large ? 1_000_000 : 100_000;
    const payments = quick ? 100 : 50_000;
    const { afterClose, afterKill } = await benchStart(folder, customers, payments);
    const plain = { unit: "ms", against: null, reference: null, ratio: null, must: null, aim: null };
    const of = `of ${customers.toLocaleString("en")} customers with 200 tags`;
    return [
      { name: `start to first answer ${of}`, value: afterClose, ...plain, atMost: 5000 },
      { name: `the same, killed ${payments.toLocaleString("en")} facts after an image`, value: afterKill, ...plain },
    ];
  },
  http: async (folder, quick) => {
    const measured = await benchHttp({
      folder,
      rounds: quick ? 1 : 5,
      seconds: quick ? 1 : 3,
      connections: 32,
    });
    return httpFigures(measured);
  },
};

/** Run when they are named, or with everything that is large. */
const largeOnly: ReadonlySet<string> = new Set(["tenMillion"]);

/** Runs the measurements one after the other and prints each figure, its floor or peer of the same run, and their ratio. */
export async function runBench({ json, only, quick, large }: BenchRun): Promise<void> {
  const unknown = (only ?? []).filter(name => !(name in measurements));
  if (unknown.length > 0) {
    console.error(
      `c360: no measurement named ${unknown.join(", ")}; there are ${Object.keys(measurements).join(", ")}`,
    );
    process.exitCode = 2;
    return;
  }
  const folder = join(packageRoot, ".bench");
  mkdirSync(folder, { recursive: true });
  const figures: Figure[] = [];
  const failures: { readonly name: string; readonly error: string }[] = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (only === undefined ? largeOnly.has(name) && large !== true : !only.includes(name)) continue;
    console.error(`measuring ${name} …`);
    try {
      if (name === "peer" || name === "http" || name === "segments" || name === "tenMillion") installPeers();
      figures.push(...(await measure(folder, quick === true, large === true)));
    } catch (error) {
      failures.push({ name, error: (error as Error).message });
    }
  }
  if (json)
    console.log(
      JSON.stringify(
        { node: process.version, cores: availableParallelism(), quick: quick === true, figures, failures },
        null,
        2,
      ),
    );
  else printFigures(figures);
  for (const { name, error } of failures) console.error(`c360: ${name} could not be measured: ${error}`);
  if (failures.length > 0 || (!quick && !figures.every(meetsDemand))) process.exitCode = 1;
  // The peers leave handles behind.
  process.exit();
}

/** The peers are no part of the product: installed when first measured against; one of them has to be compiled. */
function installPeers(): void {
  const stamp = join(peers, "node_modules/.installed");
  const wanted = readFileSync(join(peers, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("installing the peers of the bench (about two minutes, once) …");
  const npm = (args: readonly string[]): void => {
    const { status } = spawnSync("npm", args, { cwd: peers, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in bench/: the peers cannot be measured here`);
  };
  npm(["ci", "--ignore-scripts"]);
  npm(["rebuild", "sqlite3", "--ignore-scripts=false"]);
  writeFileSync(stamp, wanted);
}
