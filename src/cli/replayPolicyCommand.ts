import { setTimeout } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import { askStore } from "./askStore.ts";
import { configFor, type StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { startProgress } from "./progress.ts";
import { type ReachedStore, reachStore } from "./reachStore.ts";

type Given = StoreOptions & { readonly campaign?: string; readonly from?: string; readonly to?: string };

type Decided = { readonly outcome: string; readonly reason: string | null };
type Report = {
  readonly decisions: number;
  readonly differing: number;
  readonly contactsMade: number;
  readonly contactsWouldBe: number;
  readonly unanswered: number;
  readonly changes: readonly {
    readonly was: string;
    readonly wasReason: string | null;
    readonly wouldBe: string;
    readonly wouldBeReason: string | null;
    readonly count: number;
  }[];
};
type Run = {
  readonly state: "RUNNING" | "DONE" | "FAILED";
  readonly error: string | null;
  readonly processed: string;
  readonly target: string;
  readonly report: Report | null;
};

const start = `mutation ($id: ID!, $version: Int!, $campaign: ID, $from: DateTime, $to: DateTime) {
  started: startPolicyReplay(policyId: $id, version: $version, campaignId: $campaign, from: $from, to: $to, first: 0) {
    ... on PolicyReplayRefused { message } ... on AlreadyRunning { message } } }`;
const look = `{ run: policyReplay { state error processed target report { decisions differing contactsMade contactsWouldBe
  unanswered changes { was wasReason wouldBe wouldBeReason count } } } }`;

export function replayPolicyCommand(program: Command): void {
  program
    .command("replay-policy")
    .description("try a version of a policy, draft or published, on the decisions that were made under it")
    .argument("<policy>", "the policy's id")
    .argument("<version>", "the version to be tried", wholeNumber)
    .option("-d, --data <folder>", "the store's folder")
    .option("--campaign <id>", "only decisions of this campaign")
    .option("--from <instant>", "only decisions made then or later, such as 2026-05-01T00:00:00Z")
    .option("--to <instant>", "only decisions made before")
    .action(async (id: string, version: number, { campaign, from, to, ...options }: Given) => {
      const reached = await reachStore(configFor(options), "c360 replay-policy", "existing");
      try {
        print(await replay(reached, { id, version, campaign, from, to }));
      } finally {
        if (reached.kind === "own") await reached.product.close();
      }
    });
}

async function replay(reached: ReachedStore, variables: object): Promise<Report> {
  const { started } = await askStore<{ started: { message?: string } }>(reached, start, variables);
  if (started.message !== undefined) throw new CliFailure(started.message);
  const progress = startProgress("Replaying", "events");
  try {
    for (;;) {
      const { run } = await askStore<{ run: Run }>(reached, look);
      if (run.state === "FAILED") throw new CliFailure(`the replay failed: ${run.error}`);
      if (run.report !== null) return run.report;
      progress.update(Number(run.processed), Number(run.target));
      await setTimeout(100);
    }
  } finally {
    progress.stop();
  }
}

function print({ decisions, differing, contactsMade, contactsWouldBe, unanswered, changes }: Report): void {
  const figure = (count: number): string => count.toLocaleString("en");
  console.log(`${figure(decisions)} decisions, ${figure(differing)} of them would be others.`);
  console.log(`${figure(contactsMade)} sends were made; ${figure(contactsWouldBe)} would be.`);
  for (const { was, wasReason, wouldBe, wouldBeReason, count } of changes)
    console.log(
      `  ${figure(count).padStart(12)}  ${inWords({ outcome: was, reason: wasReason })} → ${inWords({ outcome: wouldBe, reason: wouldBeReason })}`,
    );
  if (unanswered > 0)
    console.log(
      `${figure(unanswered)} asked for something that nobody recorded and no history tells: nothing is sent then.`,
    );
}

const inWords = ({ outcome, reason }: Decided): string =>
  (reason === null ? outcome : `${outcome} (${reason})`).toLowerCase().replaceAll("_", " ");

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return Number(text);
}
