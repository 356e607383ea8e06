import type { Figure } from "../figure.ts";
import { benchPolicyReplay } from "./replayPolicy.ts";
import { benchEffectReport } from "./report.ts";
import { benchTriggers } from "./triggers.ts";
import { benchWave } from "./waves.ts";

const plain = { against: null, reference: null, ratio: null, must: null, aim: null };

/** Everything that is measured of campaigns, one after the other. */
export async function benchCampaigns(folder: string, quick: boolean): Promise<Figure[]> {
  const scale = quick
    ? { customers: 200, campaigns: 5, rate: 100, seconds: 2 }
    : { customers: 2_000, campaigns: 50, rate: 1_000, seconds: 10 };
  const { triggersPerSecond, decided, inOutbox } = await benchTriggers(folder, scale);
  const at = `${triggersPerSecond.toLocaleString("en")} triggers/s, ${scale.campaigns} campaigns`;
  const { decisionsPerSecond } = await benchWave(folder, quick ? 500 : 40_000);
  const report = await benchEffectReport(folder, quick ? 5_000 : 1_000_000, quick ? 20 : 1_000);
  const replay = await benchPolicyReplay(folder, quick ? 20_000 : 200_000, quick ? 1 : 5);
  return [
    { name: `fact durable to decision committed, ${at}, p99`, value: decided.p99, unit: "ms", ...plain },
    {
      name: "the same to send in the outbox, decision in the log, p99",
      value: inOutbox.p99,
      unit: "ms",
      ...plain,
      atMost: 50,
    },
    { name: "the same, p50", value: inOutbox.p50, unit: "ms", ...plain },
    {
      name: "a wave through every gate into the log",
      value: decisionsPerSecond,
      unit: "decisions/s",
      ...plain,
      must: 10_000,
    },
    {
      name: `effect report, ${report.groups} groups, over HTTP, p99`,
      value: report.p99,
      unit: "ms",
      ...plain,
      atMost: 5,
    },
    { name: "the same, p50", value: report.p50, unit: "ms", ...plain },
    {
      ...{ name: "policy replay, from the log to the report", value: replay.ours, unit: "decisions/s" },
      ...{
        against: "parsing the decisions in memory",
        reference: replay.floor,
        ratio: null,
        must: 100_000,
        aim: 150_000,
      },
    },
  ];
}
