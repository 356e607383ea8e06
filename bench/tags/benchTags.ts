import type { Figure } from "../figure.ts";
import { benchAskedTags } from "./askedTags.ts";
import { type BankRate, type BankRatePlan, benchBankRate } from "./bankRate.ts";
import type { StretchRate } from "./grownBank.ts";
import { benchImportIntoTags, benchLiveTags } from "./liveTags.ts";
import { benchPopulation } from "./population.ts";
import { benchTimers } from "./timerTicks.ts";
import { benchVisibleTags } from "./visibleTags.ts";

export type TagScale = { readonly quick: boolean; readonly large: boolean };

/** What 200 tags cost, 60 of them over windows that move. `large`: also with a million customers, which takes a quarter of an hour more. */
export async function benchTags(folder: string, { quick, large }: TagScale): Promise<Figure[]> {
  const plain = { against: null, reference: null, ratio: null, must: null, aim: null };
  const timers = benchTimers(quick ? 100_000 : 1_000_000);
  const live = await benchLiveTags(folder, quick ? 200 : 10_000, quick ? 1000 : 80_000);
  const imported = await benchImportIntoTags(folder, quick ? 200 : 5000);
  const [fewer, more] = quick ? [500, 2000] : large ? [100_000, 1_000_000] : [10_000, 100_000];
  const atFewer = await benchPopulation(folder, fewer, quick ? 1000 : 20_000);
  const atMore = await benchPopulation(folder, more, quick ? 1000 : 20_000);
  const [small, grown] = await benchBankRate(folder, bankRatePlan({ quick, large }));
  const visible = await benchVisibleTags(folder, quick ? 100 : 2000, quick ? 200 : 2000, quick ? 2 : 20);
  const asked = await benchAskedTags(folder, 5000, quick ? 20 : 400);
  const inThousands = (customers: number): string => customers.toLocaleString("en");
  return [
    { name: "200 tags, a bank being imported", value: imported, unit: "facts/s", ...plain, must: 10_000 },
    {
      name: `200 tags, single facts of ${inThousands(live.customers)} customers at random`,
      value: live.factsPerSecond,
      unit: "facts/s",
      ...plain,
      aim: 10_000,
    },
    ...bankRateFigures(small, grown),
    {
      name: `200 tags, customers drawn at random of ${inThousands(more)}`,
      value: atMore,
      unit: "facts/s",
      against: `of ${inThousands(fewer)}`,
      reference: atFewer,
      ratio: atMore / atFewer,
      must: null,
      aim: 0.77,
    },
    {
      name: "values that expire, each evaluated when due",
      value: live.expiriesPerSecond,
      unit: "expiries/s",
      ...plain,
      must: 50_000,
    },
    {
      name: `timers taken and armed again, of ${inThousands(timers.armed)}`,
      value: timers.takenPerSecond,
      unit: "timers/s",
      ...plain,
    },
    { name: "a tick with none of them due", value: timers.idleTickMs, unit: "ms", ...plain, atMost: 1 },
    {
      name: "back-fill of 50 tags in one pass",
      value: live.fillOf50FactsPerSecond,
      unit: "facts/s",
      ...plain,
      must: 100_000,
    },
    { name: "back-fill of 150 tags in one pass", value: live.fillFactsPerSecond, unit: "facts/s", ...plain },
    {
      name: `fact to tags visible at ${inThousands(visible.factsPerSecond)} facts/s, p99`,
      value: visible.p99,
      unit: "ms",
      ...plain,
      atMost: 50,
    },
    { name: "the same, p50", value: visible.p50, unit: "ms", ...plain },
    { name: "explaining a tag over 5,000 facts, p99", value: asked.explain.p99, unit: "ms", ...plain, atMost: 20 },
    { name: "the same, p50", value: asked.explain.p50, unit: "ms", ...plain },
    {
      name: "a profile of 5,000 facts as of then, with 20 tags, p99",
      value: asked.asOf.p99,
      unit: "ms",
      ...plain,
      atMost: 50,
    },
    { name: "the same, p50", value: asked.asOf.p50, unit: "ms", ...plain },
    { name: "history of a customer", value: live.historyBytesPerCustomer, unit: "bytes", ...plain },
    { name: "values of a customer", value: live.valueBytesPerCustomer, unit: "bytes", ...plain },
    { name: "values of a customer, each tag", value: live.valueBytesPerTag, unit: "bytes", ...plain },
  ];
}

function bankRateFigures(small: BankRate, grown: BankRate): Figure[] {
  const [fewer, more] = [small, grown].map(({ customers }) => customers.toLocaleString("en"));
  const both = (name: string, [before, after]: readonly [StretchRate, StretchRate]): Figure[] => [
    {
      ...{ name: `200 tags, ${name} at ${more} customers`, value: after.byClock, unit: "events/s" },
      ...{ against: `at ${fewer}`, reference: before.byClock, ratio: after.byClock / before.byClock },
      ...{ must: 1 / 1.3, aim: 1 },
    },
    {
      ...{ name: "the same by processor time", value: after.byProcessor, unit: "events/s" },
      ...{ against: `at ${fewer}`, reference: before.byProcessor, ratio: after.byProcessor / before.byProcessor },
      ...{ must: null, aim: 1 },
    },
  ];
  return [
    ...both("newcomers of the generated bank", [small.told, grown.told]),
    ...both("the days of the generated bank", [small.lived, grown.lived]),
  ];
}

function bankRatePlan({ quick, large }: TagScale): BankRatePlan {
  if (quick) return { sizes: [200, 1000], customers: 50, facts: 200, rounds: 1 };
  const sizes: BankRatePlan["sizes"] = large ? [100_000, 1_000_000] : [10_000, 100_000];
  return { sizes, customers: large ? 3000 : 1000, facts: large ? 30_000 : 3000, rounds: 3 };
}
