import { describe, expect, test } from "vitest";
import { complained, customer, told } from "../../support/facts.ts";
import { campaign, campaignBank } from "../support/campaignBank.ts";
import { assigned, bought, effectBank, halves, responded, spent, trial } from "./effectBank.ts";

const interval = "{ from to }";
const funnel = `customers reached decided sends deferred skipped contacts sent delivered bounced opened clicked converted
  unsubscribed responses { response count } costs { amount currency } saved { gate contacts costs { amount currency } }`;
const outcome = "{ kpi n converted total mean deviation }";
const lift = `{ kpi arm variant refusal { reason message } noReturn { reason message }
  returnOnCost { incrementalMargin cost { amount currency } roi }
  figures { treated ${outcome} control ${outcome} absolute interval ${interval} newcombe ${interval}
    relative { value interval ${interval} } z p incremental incrementalInterval ${interval} verdict
    cuped { theta varianceReduction absolute interval ${interval} z p } } }`;
const part = `{ name arms { arm funnel { ${funnel} } outcomes ${outcome} } lifts ${lift} }`;
const report = `__typename
  ... on EffectsNotCounted { reason message position }
  ... on CampaignEffects { position at version kpis { code name measure currency decimals } awaitedKpis degraded failed
    excluded windowEnded state refusal { reason message } funnel { ${funnel} } unassigned
    arms { arm isControl share funnel { ${funnel} } outcomes ${outcome}
      variants { variant funnel { ${funnel} } outcomes ${outcome} } }
    channels { channel funnel { ${funnel} } } breakdown ${part} byFirstChannel ${part} lifts ${lift}
    sampleRatio { chiSquare degreesOfFreedom p mismatch warning } }`;
const effectsText = `query ($id: ID!, $excluding: [CustomerRefInput!]) {
  campaign(id: $id) { effects(excluding: $excluding) { ${report} } } }`;

type Bank = Awaited<ReturnType<typeof effectBank>>;
const effectsOf = async (bank: Bank, id = "trial", excluding: readonly object[] | null = null) =>
  (await bank.ask(effectsText, { id, excluding })).campaign.effects;
const core = (id: string) => ({ identity: { system: "core", id } });

describe("what a campaign changed", () => {
  test("is told with the figures that one works out by hand", async () => {
    const bank = await effectBank();
    const effects = await effectsOf(bank);
    expect(effects).toMatchObject({
      ...{ __typename: "CampaignEffects", version: 1, awaitedKpis: [], degraded: false, failed: 0, excluded: 0 },
      position: String(bank.engine.checkpoint()),
      at: "2026-06-01T00:00:00.000Z",
      kpis: [
        { code: "bought", measure: "CONVERSION", currency: null, decimals: 0 },
        { code: "spent", measure: "SUM", currency: "CZK", decimals: 2 },
      ],
      ...{ windowEnded: true, state: "COLLECTING", refusal: null, unassigned: 0 },
      funnel: { customers: 20, reached: 10, contacts: 10, decided: 0, costs: [{ amount: "20.00", currency: "CZK" }] },
      arms: [
        { arm: "control", isControl: true, share: 5000, funnel: { customers: 10, reached: 0, costs: [] } },
        { arm: "treated", isControl: false, share: 5000, funnel: { customers: 10, reached: 10 } },
      ],
      channels: [
        { channel: null, funnel: { contacts: 0, responses: [{ response: "bought", count: 9 }] } },
        { channel: "email", funnel: { contacts: 10, costs: [{ amount: "20.00", currency: "CZK" }] } },
      ],
      sampleRatio: { chiSquare: 0, degreesOfFreedom: 1, p: 1, mismatch: false, warning: null },
    });
    const [conversion, money] = effects.lifts;
    expect(conversion).toMatchObject({ kpi: "bought", arm: "treated", variant: null, refusal: null });
    const { figures } = conversion;
    expect(figures.treated).toEqual({
      kpi: "bought",
      n: 10,
      converted: 6,
      total: "6",
      mean: 0.6,
      deviation: figures.treated.deviation,
    });
    expect(figures.treated.deviation).toBeCloseTo(Math.sqrt((6 * 0.16 + 4 * 0.36) / 9), 12);
    expect(figures.control).toMatchObject({ n: 10, converted: 3, mean: 0.3 });
    const wald = 1.959963984540054 * Math.sqrt(0.6 * 0.4 * 0.1 + 0.3 * 0.7 * 0.1);
    expect(figures.absolute).toBeCloseTo(0.3, 12);
    expect(figures.interval.from).toBeCloseTo(0.3 - wald, 9);
    expect(figures.interval.to).toBeCloseTo(0.3 + wald, 9);
    // Wilson limits of 6/10: 0.3127 and 0.8318, of 3/10: 0.1078 and 0.6032.
    expect(figures.newcombe.from).toBeCloseTo(0.3 - Math.hypot(0.6 - 0.3127, 0.6032 - 0.3), 3);
    expect(figures.newcombe.to).toBeCloseTo(0.3 + Math.hypot(0.8318 - 0.6, 0.3 - 0.1078), 3);
    expect(figures.relative.value).toBeCloseTo(1, 12);
    expect(figures.z).toBeCloseTo(0.3 / Math.sqrt(0.45 * 0.55 * 0.2), 12);
    expect(figures.p).toBeCloseTo(0.1775, 4);
    expect(figures.incremental).toBeCloseTo(3, 12);
    expect(figures).toMatchObject({ cuped: null, verdict: "COLLECTING" });
    expect(conversion.noReturn.reason).toBe("NO_MONEY");
    // Means 60 and 18 crowns; variances 600·4·10/9 and 18·… by hand: Σy² − (Σy)²/n over n − 1.
    const [vt, vc] = [(6 * 100 ** 2 - 600 ** 2 / 10) / 9, (3 * 60 ** 2 - 180 ** 2 / 10) / 9];
    expect(money.figures.treated).toMatchObject({ total: "600.00", mean: 60, converted: 6 });
    expect(money.figures.control).toMatchObject({ total: "180.00", mean: 18 });
    expect(money.figures.treated.deviation).toBeCloseTo(Math.sqrt(vt), 9);
    expect(money.figures.absolute).toBeCloseTo(42, 9);
    const welch = Math.sqrt(vt / 10 + vc / 10);
    expect(money.figures.z).toBeCloseTo(42 / welch, 9);
    expect(money.figures.interval.from).toBeCloseTo(42 - 1.959963984540054 * welch, 9);
    expect(money.figures).toMatchObject({ newcombe: null, incremental: 420 });
    // Half of 420 crowns is margin, twenty were spent.
    expect(money.returnOnCost).toEqual({
      incrementalMargin: 210,
      cost: { amount: "20.00", currency: "CZK" },
      roi: 9.5,
    });
  });

  test("follows a fact that came late, and one that came after the window not at all", async () => {
    const bank = await effectBank();
    await bank.record(responded("t9", "2026-05-10", "1000.50"), responded("t8", "2026-05-20", "1.00"));
    const { lifts, funnel } = await effectsOf(bank);
    expect(lifts[1].figures.treated).toMatchObject({ converted: 7, total: "1600.50" });
    expect(funnel.customers).toBe(20);
  });

  test("leaves out whom it is told to, as if they had never been assigned", async () => {
    const bank = await effectBank();
    const left = await effectsOf(bank, "trial", [core("t0"), core("c9"), core("t0")]);
    const never = await effectsOf(
      await effectBank(
        trial(),
        halves().filter(({ subject }) => !["t0", "c9"].includes((subject as { customer: { id: string } }).customer.id)),
      ),
    );
    expect(left.excluded).toBe(2);
    expect({ ...left, position: "", excluded: 0 }).toEqual({ ...never, position: "" });
    expect(never.arms[1].funnel).toMatchObject({ customers: 9, reached: 9 });
  });

  test("names the customer to be left out whom nobody knows", async () => {
    const bank = await effectBank();
    const { errors } = await bank.query(effectsText, { id: "trial", excluding: [core("t0"), core("nobody")] });
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", extensions: { argument: "excluding[1]" } }]);
    const many = Array.from({ length: 101 }, () => core("t0"));
    const { errors: tooMany } = await bank.query(effectsText, { id: "trial", excluding: many });
    expect(tooMany).toMatchObject([{ code: "BAD_USER_INPUT", extensions: { argument: "excluding" } }]);
  });

  test("is refused without a control, and everything is counted all the same", async () => {
    const bank = await effectBank(trial({ assignment: { arms: [{ name: "treated", share: "100" }] } }));
    const effects = await effectsOf(bank);
    expect(effects).toMatchObject({ state: null, refusal: { reason: "NO_CONTROL" }, sampleRatio: null });
    expect(effects.refusal.message).toContain("no control arm");
    expect(effects.arms).toMatchObject([
      { arm: "treated", share: 10_000, outcomes: [{ kpi: "bought", converted: 6, n: 10 }, { total: "600.00" }] },
      { arm: "control", share: null, outcomes: [{ converted: 3 }, { total: "180.00" }] },
    ]);
    for (const { figures, refusal, noReturn } of effects.lifts)
      expect([figures, refusal.reason, noReturn.reason]).toEqual([null, "NO_CONTROL", "NO_LIFT"]);
  });

  test("of a KPI that was added later is what it had been from the start", async () => {
    const late = await effectBank(trial({ kpis: [bought] }));
    await late.must("addCampaignKpi", { id: "trial", kpi: spent });
    const early = await effectsOf(await effectBank());
    expect({ ...(await effectsOf(late)), position: "" }).toEqual({ ...early, position: "" });
  });

  test("is warned of where the arms are not what their shares let expect", async () => {
    const more = Array.from({ length: 20 }, (_, n) => assigned(`m${n}`, "treated", "2026-05-01"));
    const { sampleRatio } = await effectsOf(await effectBank(trial(), [...halves(), ...more]));
    // 30 and 10 of 40: (30 − 20)² / 20, twice.
    expect(sampleRatio).toMatchObject({ chiSquare: 10, mismatch: true });
    expect(sampleRatio.p).toBeCloseTo(0.001565, 6);
    expect(sampleRatio.warning).toContain("no lift can be trusted");
  });

  test("is not zero where nothing is counted", async () => {
    const bank = campaignBank();
    await bank.must("draftCampaign", { input: campaign("draft-only") });
    expect(await effectsOf(bank, "draft-only")).toMatchObject({
      ...{ __typename: "EffectsNotCounted", reason: "NOT_STARTED", position: String(bank.engine.checkpoint()) },
    });
  });

  test("says what gates saved, and what it would have cost", async () => {
    const bank = campaignBank();
    await bank.record(told("customer-registered", customer("ada"), "2026-05-01", { attributes: {} }));
    await bank.launch(campaign("calls"));
    await bank.record(
      complained("ada", "2026-05-30", { complaintId: "k1", product: "card", receivedOn: "2026-05-30" }),
    );
    await bank.deliver();
    // Nobody asked for consent.
    expect((await effectsOf(bank, "calls")).funnel).toMatchObject({
      ...{ customers: 1, decided: 1, skipped: 1, sends: 0 },
      saved: [{ gate: "CONSENT", contacts: 1, costs: [{ amount: "0.10", currency: "CZK" }] }],
    });
  });
});
