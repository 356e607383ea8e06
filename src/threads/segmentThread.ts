import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createKeyVault } from "../adapters/embedded/createKeyVault.ts";
import { createLogReader } from "../adapters/embedded/log/createLogReader.ts";
import { generationFile } from "../adapters/embedded/readModels/generations.ts";
import { openReadModelContents } from "../adapters/embedded/readModels/openReadModels.ts";
import { storePaths } from "../adapters/embedded/storePaths.ts";
import { createUpcaster } from "../intake/upcaster.ts";
import type { ReadModelContents } from "../projections/readModelStore.ts";
import type { ColumnsReader } from "../projections/segments/columns/columns.ts";
import { openColumns } from "../projections/segments/columns/openColumns.ts";
import { createPreview } from "../projections/segments/preview/createPreview.ts";
import type { SegmentPreview } from "../projections/segments/preview/segmentPreview.ts";
import { answerCalls } from "./callThread.ts";
import { factCatalogue } from "./factCatalogue.ts";
import type { HandedColumns } from "./projectorThread.ts";
import { attachSignals } from "./signals.ts";

/* Answers questions about everybody, over columns that the projector's thread keeps up to date. */
export type SegmentThreadData = {
  readonly folder: string;
  readonly signals: SharedArrayBuffer;
  /** Where the columns of each generation in use come from. */
  readonly columns: MessagePort;
  readonly timeoutMs: number;
};

/** Any of the preview's questions, with its arguments. */
export type PreviewCall = { readonly name: keyof SegmentPreview; readonly args: readonly unknown[] };

const { folder, signals: memory, columns: columnsPort, timeoutMs } = workerData as SegmentThreadData;
const paths = storePaths(folder);
const vault = createKeyVault(paths.keys, "read");
const log = createLogReader(paths.events, vault);
const upcast = createUpcaster(factCatalogue());
const signals = attachSignals(memory);

let reader: { readonly columns: ColumnsReader; readonly generation: number } | null = null;
const handed = new Promise<void>(resolve => {
  columnsPort.on("message", ({ generation, shared }: HandedColumns) => {
    reader?.columns.close();
    letGo();
    reader = { columns: openColumns(shared), generation };
    resolve();
  });
});

type Opened = { readonly contents: ReadModelContents; readonly commits: number; readonly close: () => void };
let opened: Opened | null = null;
/** Snapshots that questions under way began with. */
let left: Opened[] = [];
let asking = 0;
/** A snapshot that is kept open keeps the write-ahead log from being cut. */
const letGo = (): void => {
  if (opened !== null) left.push(opened);
  opened = null;
  if (asking > 0) return;
  for (const snapshot of left) snapshot.close();
  left = [];
};
const letGoMs = 3;
let idling: NodeJS.Timeout | null = null;
const letGoSoon = (): void => {
  idling ??= setTimeout(() => {
    idling = null;
    if (asking === 0) letGo();
  }, letGoMs);
};

const current = (): NonNullable<typeof reader> => {
  if (reader === null) throw new Error("the columns were not handed over");
  return reader;
};
const preview = createPreview({
  columns: () => current().columns,
  contents: () => {
    const commits = signals.commits();
    if (opened?.commits !== commits) {
      letGo();
      opened = { ...openReadModelContents(generationFile(folder, current().generation)), commits };
    }
    return opened.contents;
  },
  ...{ log, upcast, now: Date.now, timeoutMs },
});

answerCalls(
  parentPort as MessagePort,
  {
    ready: () => handed,
    ask: async ({ name, args }: PreviewCall) => {
      asking += 1;
      try {
        return await (preview[name] as (...args: readonly unknown[]) => unknown)(...args);
      } finally {
        asking -= 1;
        if (asking === 0) letGoSoon();
      }
    },
  },
  () => {
    if (idling !== null) clearTimeout(idling);
    letGo();
    reader?.columns.close();
    columnsPort.close();
    log.close();
    vault.close();
  },
);
