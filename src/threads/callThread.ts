import { type MessagePort, type TransferListItem, Worker } from "node:worker_threads";
import { StorageFailure, type StorageFailureCode } from "../domain/eventLog.ts";
import { workingMemory } from "./workingMemory.ts";

/*
 * Calls into a worker thread. Arguments and answers travel as one JSON text each, which is the cheapest hand-over of a
 * batch between threads. What is one text already travels beside the argument, as it is.
 */
type Call = { readonly call: number; readonly name: string; readonly argument: string; readonly text: string };
type Reply =
  | { readonly call: number; readonly answer: string }
  | { readonly call: number; readonly failure: { readonly message: string; readonly code: string | null } };

/** The thread gave no answer in time: what it was asked to do may or may not have happened. Safe to send again. */
export class ThreadTimeout extends Error {
  override readonly name = "ThreadTimeout";
  readonly code = "TIMEOUT";
}

/** The thread has died, or was never able to start. */
export class ThreadGone extends Error {
  override readonly name = "ThreadGone";
  readonly code = "THREAD_GONE";
}

export type Thread = {
  readonly call: <Answer>(name: string, argument: unknown, timeoutMs: number, text?: string) => Promise<Answer>;
  /** Resolves when the thread has ended, with what ended it when it was not asked to. */
  readonly ended: Promise<Error | null>;
  readonly stop: (timeoutMs: number) => Promise<void>;
};

type Pending = {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** Starts a thread file (beside this one) and waits until it says that it is ready. */
export async function startThread<Ready>(
  file: string,
  workerData: unknown,
  startTimeoutMs: number,
  transferList: readonly TransferListItem[] = [],
): Promise<{ readonly thread: Thread; readonly ready: Ready }> {
  const worker = new Worker(new URL(file + ownExtension, import.meta.url), {
    workerData,
    transferList: [...transferList],
    ...flagsForSources,
    resourceLimits: workingMemory,
  });
  let stopping = false;
  let cause: (Error & { readonly code?: unknown }) | null = null;

  const { call, settle, end } = callsTo(`the ${file} thread`, message => worker.postMessage(message));
  worker.on("message", settle);
  worker.on("error", error => {
    cause = error;
  });
  const ended = new Promise<Error | null>(resolve => {
    worker.on("exit", code => {
      const gone = new ThreadGone(`the ${file} thread ended (exit ${code})${cause ? `: ${cause.message}` : ""}`, {
        cause,
      });
      end(gone);
      resolve(stopping ? null : (cause ?? gone));
    });
  });

  const thread: Thread = {
    call,
    ended,
    stop: async timeoutMs => {
      stopping = true;
      await call("stop", null, timeoutMs).catch(() => worker.terminate());
      await ended;
    },
  };
  const ready = await call<Ready>("ready", null, startTimeoutMs).catch((error: unknown) => {
    // What kept it from starting, in its own words: a store that is damaged or a schema that cannot be used is no bug.
    throw cause === null ? error : failureOf({ message: cause.message, code: textOrNull(cause.code) });
  });
  return { thread, ready };
}

/** Calls from one thread into another without a way round the main thread: see `answerCalls` for the other end of the port. */
export function callsOver(port: MessagePort, called: string): Pick<Thread, "call"> {
  const { call, settle, end } = callsTo(called, message => port.postMessage(message));
  port.on("message", settle);
  port.on("close", () => end(new ThreadGone(`${called} takes no calls any more`)));
  return { call };
}

function callsTo(called: string, post: (message: Call) => void) {
  const pending = new Map<number, Pending>();
  let calls = 0;
  let gone: ThreadGone | null = null;
  return {
    call: <Answer>(name: string, argument: unknown, timeoutMs: number, text = ""): Promise<Answer> =>
      new Promise((resolve, reject) => {
        if (gone !== null) return reject(gone);
        calls += 1;
        const id = calls;
        const timer = setTimeout(() => {
          pending.delete(id);
          reject(new ThreadTimeout(`no answer from ${called} to "${name}" within ${timeoutMs} ms`));
        }, timeoutMs);
        pending.set(id, { resolve, reject, timer });
        post({ call: id, name, argument: JSON.stringify(argument ?? null), text });
      }),
    settle: (reply: Reply): void => {
      const waiting = pending.get(reply.call);
      if (waiting === undefined) return;
      pending.delete(reply.call);
      clearTimeout(waiting.timer);
      if ("answer" in reply) waiting.resolve(JSON.parse(reply.answer) as never);
      else waiting.reject(failureOf(reply.failure));
    },
    /** No answer comes any more. */
    end: (error: ThreadGone): void => {
      gone = error;
      for (const { reject, timer } of pending.values()) {
        clearTimeout(timer);
        reject(error);
      }
      pending.clear();
    },
  };
}

/** Answers calls on the thread's side; `stop` is answered when `onStop` is through, then the thread ends. */
export function answerCalls(
  port: MessagePort,
  handlers: Readonly<Record<string, (argument: never, text: string) => unknown>>,
  onStop: () => unknown,
): void {
  port.on("message", async ({ call, name, argument, text }: Call) => {
    try {
      const handler = name === "stop" ? onStop : handlers[name];
      if (handler === undefined) throw new Error(`there is no call named "${name}"`);
      const answer = await handler(JSON.parse(argument) as never, text);
      port.postMessage({ call, answer: JSON.stringify(answer ?? null) } satisfies Reply);
    } catch (error) {
      const { message, code } = error as { message?: string; code?: string };
      port.postMessage({ call, failure: { message: message ?? String(error), code: code ?? null } } satisfies Reply);
    }
    if (name === "stop") port.close();
  });
}

const failureOf = ({ message, code }: { readonly message: string; readonly code: string | null }): Error =>
  code?.startsWith("STORAGE_") === true
    ? new StorageFailure(code as StorageFailureCode, message)
    : Object.assign(new Error(message), code === null ? {} : { code });

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

// Built code runs threads from .js files, tests run them from the .ts sources.
const ownExtension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
/** Else a thread has the flags of the process, of which it may not be told such as are V8's. */
const flagsForSources =
  ownExtension === ".ts" && process.features.typescript === false
    ? { execArgv: [...process.execArgv, "--experimental-strip-types"] }
    : {};
