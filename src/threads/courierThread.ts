import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import { generationFile } from "../adapters/embedded/readModels/generations.ts";
import { openReadModels } from "../adapters/embedded/readModels/openReadModels.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import type { ChannelSettings } from "../campaigns/channels/channelConfig.ts";
import { channelOpener } from "../campaigns/channels/openChannels.ts";
import { type CourierCounts, createCourier } from "../campaigns/createCourier.ts";
import { randomOf } from "../campaigns/randomOf.ts";
import { systemTimers } from "../campaigns/timers.ts";
import { createCheckpointSignal } from "../projections/checkpointSignal.ts";
import { runInBackground } from "./background.ts";
import { answerCalls, callsOver } from "./callThread.ts";
import { attachSignals } from "./signals.ts";
import { createThreadedAppend, createThreadedAppendPending } from "./threadedAppend.ts";

/* The courier: follows the commits of the read models, brings decisions into the log, and sends to their channels. */
export type CourierThreadData = {
  readonly folder: string;
  readonly signals: SharedArrayBuffer;
  readonly generation: number;
  /** To the writer's thread. */
  readonly writer: MessagePort;
  readonly settings: ChannelSettings;
};

const idleMs = 1000;
const retryMs = 1000;
const appendTimeoutMs = 30_000;
const stopGraceMs = 5000;
const { folder, signals: memory, generation, writer: writerPort, settings } = workerData as CourierThreadData;
runInBackground();

const signals = attachSignals(memory);
const paths = storePaths(folder);
const vault = createKeyVault(paths.keys, "read");
const log = createLogReader(paths.events, vault);
const readModels = openReadModels(generationFile(folder, generation), createCheckpointSignal(), {
  commits: signals.commits,
});
const writer = callsOver(writerPort, "the writer's thread");
const tell = (message: string): void => console.error(`c360: ${message}`);
const courier = createCourier({
  ...{ readModels, log },
  append: createThreadedAppend(writer, appendTimeoutMs),
  appendPending: createThreadedAppendPending(writer, appendTimeoutMs),
  openChannel: channelOpener(settings, folder, Date.now, line => console.log(line)),
  timers: systemTimers,
  random: randomOf(Date.now()),
  onTrouble: seldom(tell),
});

let stopped = false;
const stopping = new AbortController();
async function follow(look: () => Promise<void>): Promise<void> {
  while (!stopped) {
    const seen = signals.get("committed");
    readModels.letGo();
    try {
      await look();
      await signals.changed("committed", seen, idleMs);
    } catch (error) {
      tell(`the courier cannot read the read models and will try again: ${(error as Error).message}`);
      await systemTimers.wait(retryMs, stopping.signal);
    }
  }
}
const following = Promise.all([follow(courier.relay), follow(courier.dispatch)]);

/** The same trouble again and again is told once in a while. */
function seldom(tell: (message: string) => void, everyMs = 10_000): (message: string) => void {
  const told = new Map<string, number>();
  return message => {
    const now = performance.now();
    if (now - (told.get(message) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    if (told.size >= 100) told.clear();
    told.set(message, now);
    tell(message);
  };
}

answerCalls(
  parentPort as MessagePort,
  {
    ready: () => null,
    counts: (): CourierCounts => courier.counts(),
    switchTo: (number: number) => readModels.switchTo(generationFile(folder, number)),
  },
  async () => {
    stopped = true;
    stopping.abort();
    await courier.stop(stopGraceMs);
    signals.set("committed", signals.get("committed")); // wakes whoever waits for a change
    await following;
    writerPort.close();
    readModels.close();
    log.close();
    vault.close();
  },
);
