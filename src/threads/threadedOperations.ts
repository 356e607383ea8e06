import type { Position } from "../domain/event.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { accept, refuse } from "../domain/result.ts";
import type { PolicyTrial } from "../projections/campaigns/replay/replayPolicy.ts";
import type {
  Operations,
  PolicyReplayStatus,
  RetryOutcome,
  RunStatus,
  VerificationStatus,
} from "../projections/operations.ts";
import { startThread, type Thread } from "./callThread.ts";
import type { LongRunCalls, LongRunProgress, LongRunThreadData } from "./longRunThread.ts";
import type { ProjectorStats } from "./projectorThread.ts";

/** A day: a rebuild of a very large log is long, but not endless. */
const longestRunMs = 24 * 3_600_000;
const shortCallMs = 60_000;
const progressEveryMs = 250;

export type OperationsParts = {
  readonly projector: Thread;
  readonly threadData: LongRunThreadData;
  readonly now: () => Instant;
  /** Sends queries to the generation just taken into use. */
  readonly switchReadModels: (generation: number) => Promise<void>;
};

/** Long runs over the log, each in a thread of its own beside the projector; one of a kind at a time. */
export function createThreadedOperations(parts: OperationsParts): Operations & { readonly stop: () => Promise<void> } {
  const { projector, threadData, now, switchReadModels } = parts;
  let rebuild: RunStatus | null = null;
  let verification: VerificationStatus | null = null;
  let policyReplay: PolicyReplayStatus | null = null;
  const running = new Set<Thread>();

  const inThread = async <Name extends keyof LongRunCalls>(
    name: Name,
    argument: unknown,
    onProgress: (progress: LongRunProgress) => void,
  ): Promise<LongRunCalls[Name]> => {
    const { thread } = await startThread("./longRunThread", threadData, shortCallMs);
    running.add(thread);
    const watch = setInterval(() => {
      thread.call<LongRunProgress>("progress", null, shortCallMs).then(onProgress, () => undefined);
    }, progressEveryMs);
    try {
      return await thread.call<LongRunCalls[Name]>(name, argument, longestRunMs);
    } finally {
      clearInterval(watch);
      running.delete(thread);
      await thread.stop(shortCallMs);
    }
  };

  const started = (): RunStatus => ({
    state: "running",
    startedAt: now(),
    finishedAt: null,
    processed: 0,
    target: 0,
    error: null,
  });
  const failed = <Status extends RunStatus>(status: Status, error: unknown): Status => ({
    ...status,
    state: "failed",
    finishedAt: now(),
    error: error instanceof Error ? error.message : String(error),
  });
  const done = (position: Position) =>
    ({ state: "done", finishedAt: now(), processed: position, target: position }) as const;

  const runRebuild = async (): Promise<void> => {
    const old = (await projector.call<ProjectorStats>("stats", null, shortCallMs)).generation;
    const generation = await projector.call<number>("nextGeneration", null, shortCallMs);
    await inThread("rebuild", generation, ({ position, target }) => {
      if (rebuild?.state === "running") rebuild = { ...rebuild, processed: position, target };
    });
    const { position } = await projector.call<{ position: Position }>("adopt", generation, longestRunMs);
    await switchReadModels(generation);
    await projector.call("remove", old, shortCallMs);
    rebuild = { ...(rebuild as RunStatus), ...done(position) };
  };

  const runVerification = async (): Promise<void> => {
    const { generation } = await projector.call<ProjectorStats>("stats", null, shortCallMs);
    // A number beyond the next one, so that a rebuild at the same time has its own.
    const scratch = (await projector.call<number>("nextGeneration", null, shortCallMs)) + 1_000_000;
    const verdict = await inThread("verify", { generation, scratch }, ({ position, target }) => {
      if (verification?.state === "running") verification = { ...verification, processed: position, target };
    });
    const findings =
      verdict.kind === "equal"
        ? []
        : [
            `the read models' digest is ${verdict.liveDigest}, recomputed from the log it is ${verdict.recomputedDigest}`,
            ...verdict.customers.map(id => `customer ${id} differs`),
            ...verdict.tables.map(table => `table ${table} differs`),
          ];
    verification = {
      ...(verification as VerificationStatus),
      ...done(verdict.position),
      matches: verdict.kind === "equal",
      findings,
    };
  };

  const runPolicyReplay = async (trial: PolicyTrial): Promise<void> => {
    const { generation } = await projector.call<ProjectorStats>("stats", null, shortCallMs);
    const { position, report } = await inThread("replayPolicy", { generation, trial }, ({ position, target }) => {
      if (policyReplay?.state === "running") policyReplay = { ...policyReplay, processed: position, target };
    });
    policyReplay = { ...(policyReplay as PolicyReplayStatus), ...done(position), report };
  };

  return {
    startRebuild: async () => {
      if (rebuild?.state === "running") return refuse({ kind: "alreadyRunning" });
      rebuild = started();
      runRebuild().catch((error: unknown) => {
        rebuild = failed(rebuild as RunStatus, error);
      });
      return accept(rebuild);
    },
    rebuild: () => rebuild,
    startVerification: async () => {
      if (verification?.state === "running") return refuse({ kind: "alreadyRunning" });
      verification = { ...started(), matches: null, findings: [] };
      runVerification().catch((error: unknown) => {
        verification = failed(verification as VerificationStatus, error);
      });
      return accept(verification);
    },
    verification: () => verification,
    startPolicyReplay: async trial => {
      if (policyReplay?.state === "running") return refuse({ kind: "alreadyRunning" });
      policyReplay = { ...started(), trial, report: null };
      runPolicyReplay(trial).catch((error: unknown) => {
        policyReplay = failed(policyReplay as PolicyReplayStatus, error);
      });
      return accept(policyReplay);
    },
    policyReplay: () => policyReplay,
    retryCustomer: (id: CustomerId) => projector.call<RetryOutcome>("retry", id, shortCallMs),
    stop: async () => {
      await Promise.all([...running].map(thread => thread.stop(1)));
    },
  };
}
