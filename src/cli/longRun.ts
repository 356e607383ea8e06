import { setTimeout } from "node:timers/promises";
import { askStore } from "./askStore.ts";
import { CliFailure } from "./fail.ts";
import { startProgress } from "./progress.ts";
import type { ReachedStore } from "./reachStore.ts";

export type RunEnd = {
  readonly state: "RUNNING" | "DONE" | "FAILED";
  readonly error: string | null;
  readonly processed: string;
  readonly target: string;
  readonly matches?: boolean;
  readonly findings?: readonly string[];
};

const fields = "state error processed target";
const operations = {
  rebuild: {
    start: "mutation { started: startRebuild { __typename } }",
    look: `query { status: rebuild { ${fields} } }`,
  },
  verification: {
    start: "mutation { started: startVerification { __typename } }",
    look: `query { status: verification { ${fields} matches findings } }`,
  },
};

/** Starts a long run in the store at hand, or joins the one under way, shows how far it is, and gives its end. */
export async function watchRun(reached: ReachedStore, kind: keyof typeof operations, title: string): Promise<RunEnd> {
  const progress = startProgress(title, "events");
  try {
    await askStore(reached, operations[kind].start);
    for (;;) {
      const { status } = await askStore<{ status: RunEnd }>(reached, operations[kind].look);
      if (status.state === "FAILED") throw new CliFailure(`${title} failed: ${status.error}`);
      if (status.state === "DONE") return status;
      progress.update(Number(status.processed), Number(status.target));
      await setTimeout(100);
    }
  } finally {
    progress.stop();
  }
}
