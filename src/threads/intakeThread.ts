import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import { createLogWriter, type LogWriterOptions } from "../adapters/embedded/log/createLogWriter.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import { createManualTags } from "../definitions/createManualTags.ts";
import type { ManualTagCommand, ManualTagOutcome } from "../definitions/manualTags.ts";
import { createTagCatalogueReader } from "../definitions/tagCatalogueReader.ts";
import type { AnyAppendRequest, AppendOutcome } from "../domain/eventLog.ts";
import { sourceFault } from "../intake/checkEnvelope.ts";
import { createIntake } from "../intake/createIntake.ts";
import type { BatchContext, FactBatch, FactOutcome, QuarantineCommand } from "../intake/fact.ts";
import { idSecret } from "../intake/identify.ts";
import { identityPolicy } from "../intake/identityPolicyFile.ts";
import { standards } from "../intake/standards.ts";
import { pendingRequests } from "../projections/campaigns/pendingRows.ts";
import { runInBackground } from "./background.ts";
import { answerCalls } from "./callThread.ts";
import { startClock } from "./clock.ts";
import { factCatalogue } from "./factCatalogue.ts";
import { attachSignals } from "./signals.ts";

/*
 * The door and the log's writer in one thread: a fact is validated, identified, compared and stored where the newest
 * state is, so no two requests can race. Requests that arrive while a commit is under way share the next one.
 */
export type IntakeThreadData = {
  readonly folder: string;
  readonly signals: SharedArrayBuffer;
  readonly maxFutureMs: number;
  readonly logOptions: LogWriterOptions;
  /** From where the courier's thread appends. */
  readonly courier: MessagePort;
};
export type IntakeThreadReady = { readonly logId: string; readonly head: number };

const { folder, signals: memory, maxFutureMs, logOptions, courier: courierPort } = workerData as IntakeThreadData;
runInBackground();
const observeMs = 60_000;
const tickSpacingMs = 200;

const paths = storePaths(folder);
const vault = createKeyVault(paths.keys, "write");
const writer = createLogWriter(paths.events, vault, logOptions);
const reader = createLogReader(paths.events, vault);
const intake = createIntake({
  writer,
  reader,
  catalogue: factCatalogue(),
  secret: vault.secret("identity"),
  now: Date.now,
  maxFutureMs,
  policy: identityPolicy(folder),
});
const signals = attachSignals(memory);
signals.set("head", writer.head());

type Waiting = {
  readonly batch: FactBatch;
  readonly context: BatchContext;
  readonly resolve: (outcomes: FactOutcome[]) => void;
  readonly reject: (error: unknown) => void;
};
let waiting: Waiting[] = [];
let committing: Promise<void> = Promise.resolve();
let stopped = false;

const commitWaiting = async (): Promise<void> => {
  const group = waiting;
  waiting = [];
  try {
    const outcomes = await intake.submitAll(group);
    signals.set("head", writer.head());
    for (const [index, { resolve }] of group.entries()) resolve(outcomes[index] as FactOutcome[]);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
  // After the answers have left: nobody waits for house-keeping.
  if (!stopped) setImmediate(houseKeeping);
};

const houseKeeping = (): void => {
  if (stopped) return;
  try {
    writer.maintain();
  } catch (error) {
    // The next commit meets the same trouble and tells it to a caller; here there is none.
    console.error(`c360: house-keeping of the log failed and will be tried again: ${(error as Error).message}`);
  }
};

const manualTags = createManualTags({
  writer,
  reader,
  catalogue: createTagCatalogueReader(reader),
  standards,
  secret: idSecret(vault.secret("identity")),
  now: Date.now,
});
const resumed = manualTags.resume().then(
  finished => {
    signals.set("head", writer.head());
    if (finished > 0) console.error(`c360: finished ${finished} interrupted approvals of tag lists`);
  },
  // Asking for the approval again finishes it as well.
  (error: Error) => console.error(`c360: an interrupted approval of a tag list is not finished: ${error.message}`),
);

/** Tells the log how many facts came again. What cannot be told now is told next time. */
const observe = async (): Promise<void> => {
  try {
    if (await intake.observe()) signals.set("head", writer.head());
  } catch (error) {
    console.error(`c360: the count of duplicates could not be recorded: ${(error as Error).message}`);
  }
};
const clock = startClock({ signals, writer, reader, now: Date.now, spacingMs: tickSpacingMs });
const observing = setInterval(observe, observeMs).unref();

/** Events of our own making, decided outside this thread: their expected revisions and their ids guard them. */
const append = (requests: readonly AnyAppendRequest[]): AppendOutcome[] => {
  const outcomes = writer.append(requests, Date.now());
  signals.set("head", writer.head());
  setImmediate(houseKeeping);
  return outcomes;
};

answerCalls(
  courierPort,
  { append, appendPending: (_: null, text: string) => append(pendingRequests(text)) },
  () => undefined,
);
answerCalls(
  parentPort as MessagePort,
  {
    ready: (): IntakeThreadReady => ({ logId: writer.logId, head: writer.head() }),
    submit: ({ batch, context }: { batch: FactBatch; context: BatchContext }) =>
      new Promise<FactOutcome[]>((resolve, reject) => {
        const fault = sourceFault(context.source);
        if (fault !== null) throw new TypeError(`the batch's source ${fault.message}`);
        if (waiting.length === 0)
          setImmediate(() => {
            committing = committing.then(commitWaiting);
          });
        waiting.push({ batch, context, resolve, reject });
      }),
    append,
    manualTags: async (command: ManualTagCommand): Promise<ManualTagOutcome> => {
      try {
        return await manualTags.run(command);
      } finally {
        signals.set("head", writer.head());
      }
    },
    settle: async (command: QuarantineCommand) => {
      const outcome = await intake.settle(command);
      signals.set("head", writer.head());
      return outcome;
    },
  },
  async () => {
    stopped = true;
    clock.stop();
    // A request that came before the stop is still committed and answered.
    while (waiting.length > 0) await new Promise(setImmediate);
    await committing;
    await resumed;
    clearInterval(observing);
    await observe();
    courierPort.close();
    reader.close();
    writer.close();
  },
);
