import { type MessagePort, parentPort } from "node:worker_threads";
import { copyWal } from "../adapters/embedded/readModels/wal.ts";
import { runInBackground } from "./background.ts";
import { answerCalls } from "./callThread.ts";

/* Copies the WAL of the read models into their file while the projector goes on. */
runInBackground();
answerCalls(parentPort as MessagePort, { ready: () => null, copy: (file: string) => copyWal(file) }, () => {});
