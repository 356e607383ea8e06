import { expect, test } from "vitest";
import { effectBank, responded, trial } from "./effectBank.ts";

const text = `query ($from: LocalDay, $to: LocalDay, $by: EffectSplit!) {
  campaign(id: "trial") { effectSeries(from: $from, to: $to, by: $by) {
    __typename ... on EffectSeries { position zone from to kpis { code }
      lines { arm variant channel
        points { day assigned contacts costs { amount } responses { count } outcomes { kpi converted total } } } } } } }`;
type Bank = Awaited<ReturnType<typeof effectBank>>;
const seriesOf = async (bank: Bank, asked: object) =>
  (await bank.ask(text, { by: "ARM", ...asked })).campaign.effectSeries;

test("a series has a line for each arm and a point for each day, in the campaign's zone", async () => {
  const bank = await effectBank();
  const series = await seriesOf(bank, { to: "2026-05-05" });
  expect(series).toMatchObject({
    ...{ position: String(bank.engine.checkpoint()), zone: "UTC", from: "2026-05-01", to: "2026-05-05" },
    lines: [{ arm: "control" }, { arm: "treated", variant: null, channel: null }],
  });
  const days = ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"];
  for (const { points } of series.lines) expect(points.map(({ day }: { day: string }) => day)).toEqual(days);
  const [control, treated] = series.lines.map(({ points }: { points: object[] }) => points);
  expect(treated).toMatchObject([
    { assigned: 10, contacts: 0, costs: [] },
    { assigned: 0, contacts: 10, costs: [{ amount: "20.00" }] },
    {
      outcomes: [
        { kpi: "bought", converted: 6, total: "6" },
        { kpi: "spent", converted: 6, total: "600.00" },
      ],
    },
    {
      assigned: 0,
      contacts: 0,
      outcomes: [
        { converted: 0, total: "0" },
        { converted: 0, total: "0.00" },
      ],
    },
    { assigned: 0, contacts: 0 },
  ]);
  expect(control).toMatchObject([
    { assigned: 10 },
    {},
    { outcomes: [{ converted: 2, total: "2" }, { total: "120.00" }] },
    { outcomes: [{ converted: 1 }, { total: "60.00" }], responses: [{ count: 1 }] },
    { responses: [] },
  ]);
});

test("a series ends with the log's day, however far it is asked for, and may be empty", async () => {
  const bank = await effectBank();
  expect(await seriesOf(bank, { from: "2026-05-30", to: "2027-01-01" })).toMatchObject({ to: "2026-06-01", lines: [] });
  expect(await seriesOf(bank, { from: "2026-06-02" })).toMatchObject({ from: null, to: null, lines: [] });
  expect((await seriesOf(bank, {})).lines[0].points).toHaveLength(32);
});

test("days are those of the campaign's zone", async () => {
  // Noon in UTC of the 1st is past midnight of the 2nd in Auckland.
  const bank = await effectBank(trial({ zone: "Pacific/Auckland" }));
  const { from, lines } = await seriesOf(bank, { to: "2026-05-03" });
  expect([from, lines[0].points[0].assigned]).toEqual(["2026-05-02", 10]);
});

test("a series by variant or channel holds those apart", async () => {
  const bank = await effectBank();
  await bank.record(responded("t9", "2026-05-04", "5.00"));
  const byChannel = await seriesOf(bank, { by: "CHANNEL", to: "2026-05-02" });
  expect(byChannel.lines).toMatchObject([
    { arm: null, channel: "email", points: [{ contacts: 0 }, { contacts: 10 }] },
    { channel: null, points: [{ assigned: 20 }, { assigned: 0 }] },
  ]);
  const byVariant = await seriesOf(bank, { by: "VARIANT", to: "2026-05-02" });
  expect(byVariant.lines).toMatchObject([{ arm: "control" }, { arm: "treated" }]);
});

test("days the wrong way round, and more than can be shown, are refused by name", async () => {
  const bank = await effectBank();
  const refused = async (asked: object) => (await bank.query(text, { by: "ARM", ...asked })).errors?.[0]?.extensions;
  expect(await refused({ from: "2026-05-02", to: "2026-05-01" })).toMatchObject({
    code: "BAD_USER_INPUT",
    argument: "to",
  });
  expect(await refused({ from: "2020-01-01" })).toMatchObject({ code: "BAD_USER_INPUT", argument: "from" });
});
