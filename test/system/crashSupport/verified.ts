import { setTimeout } from "node:timers/promises";
import type { Operations, RunStatus, VerificationStatus } from "../../../src/projections/operations.ts";
import type { MaybePromise } from "../../../src/projections/readModels.ts";

const ended = async <Status extends RunStatus>(status: () => MaybePromise<Status | null>): Promise<Status> => {
  for (;;) {
    const now = await status();
    if (now !== null && now.state !== "running") return now;
    await setTimeout(20);
  }
};

/** Recomputes the read models of an open store from event one and tells how that ended. */
export async function verified(operations: Operations): Promise<VerificationStatus> {
  await operations.startVerification();
  return ended(operations.verification);
}

export async function rebuilt(operations: Operations): Promise<RunStatus> {
  await operations.startRebuild();
  return ended(operations.rebuild);
}
