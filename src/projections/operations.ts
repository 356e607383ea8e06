import type { ReplayReport } from "../domain/decision/replay/replayReport.ts";
import type { Position } from "../domain/event.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Result } from "../domain/result.ts";
import type { PolicyTrial } from "./campaigns/replay/replayPolicy.ts";
import type { Degraded, MaybePromise } from "./readModels.ts";

/** One long run over the log, the latest of its kind. `processed` counts up to `target`, which may grow meanwhile. */
export type RunStatus = {
  readonly state: "running" | "done" | "failed";
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly processed: Position;
  readonly target: Position;
  /** Why it failed, for the operator. Null unless `failed`. */
  readonly error: string | null;
};

/** `matches` is null until the run is done. */
export type VerificationStatus = RunStatus & {
  readonly matches: boolean | null;
  /** What differs or does not verify, one line each; empty when all is well. */
  readonly findings: readonly string[];
};

/** `report` is null until the run is done. */
export type PolicyReplayStatus = RunStatus & { readonly trial: PolicyTrial; readonly report: ReplayReport | null };

export type AlreadyRunning = { readonly kind: "alreadyRunning" };

export type RetryOutcome =
  /** Everything up to `position` is worked in again. */
  | { readonly kind: "recovered"; readonly position: Position }
  | { readonly kind: "stillDegraded"; readonly degraded: Degraded }
  | { readonly kind: "notDegraded" };

/** What an operator may start from the API. Starting returns at once; the run goes on by itself. */
export type Operations = {
  readonly startRebuild: () => Promise<Result<RunStatus, AlreadyRunning>>;
  /** The current or latest run since the start of the process; null when there was none. */
  readonly rebuild: () => MaybePromise<RunStatus | null>;
  readonly startVerification: () => Promise<Result<VerificationStatus, AlreadyRunning>>;
  readonly verification: () => MaybePromise<VerificationStatus | null>;
  /** Tries a version of a policy, which there must be, on past decisions; see replayPolicy. */
  readonly startPolicyReplay: (trial: PolicyTrial) => Promise<Result<PolicyReplayStatus, AlreadyRunning>>;
  readonly policyReplay: () => MaybePromise<PolicyReplayStatus | null>;
  /** Folds the event at which the customer stands still again, and what came after it. */
  readonly retryCustomer: (id: CustomerId) => Promise<RetryOutcome>;
};
