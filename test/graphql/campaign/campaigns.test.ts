import { describe, expect, test } from "vitest";
import type { OutsideCampaign } from "../../../src/domain/campaign/outside.ts";
import { segment } from "../segment/support/segmentBank.ts";
import * as facts from "../support/facts.ts";
import { campaign, campaignBank, offer, policy } from "./support/campaignBank.ts";

const halves: OutsideCampaign["assignment"] = {
  arms: [
    { name: "control", share: "50.00", control: true },
    { name: "treated", share: "50.00" },
  ],
};

describe("a campaign's life", () => {
  test("goes from draft over approval by another person to its end, each step on record", async () => {
    const bank = campaignBank();
    expect(await bank.tell("draftCampaign", { input: campaign("spring") })).toMatchObject({
      ...{ __typename: "CampaignChanged", outcome: "DRAFTED", version: 1 },
      campaign: { campaignId: "spring", status: "DRAFT" },
    });
    expect(await bank.tell("draftCampaign", { input: campaign("spring") })).toMatchObject({ outcome: "UNCHANGED" });
    expect(await bank.tell("approveCampaign", { id: "spring", version: 1 }, "bo")).toMatchObject({
      outcome: "APPROVED",
      campaign: { status: "APPROVED" },
    });
    expect(await bank.tell("startCampaign", { id: "spring" })).toMatchObject({
      outcome: "STARTED",
      campaign: { status: "RUNNING" },
    });
    expect(await bank.tell("pauseCampaign", { id: "spring", reason: "typo" })).toMatchObject({ outcome: "PAUSED" });
    expect(await bank.tell("resumeCampaign", { id: "spring" })).toMatchObject({ outcome: "RESUMED" });
    const late = { code: "complained", name: "Complained", facts: { types: ["complaint-recorded"] } };
    expect(await bank.tell("finishCampaign", { id: "spring", reason: "done" })).toMatchObject({ outcome: "FINISHED" });
    expect(await bank.tell("addCampaignKpi", { id: "spring", kpi: late })).toMatchObject({ outcome: "KPI_ADDED" });
    const { campaign: told } = await bank.ask(`{ campaign(id: "spring") {
      name status purpose zone sentence current { version } draft { version }
      started { actor { id } event { type } } finished { at }
      course { what reason step { actor { id } } }
      versions { version status drafted { actor { id } } approved { actor { id } } ended { event { type } } }
      kpis { code sentence added definition }
      definitionEvents { nodes { type } }
    } }`);
    expect(told).toMatchObject({
      ...{ name: "The spring", status: "FINISHED", purpose: "marketing", zone: "UTC", current: null, draft: null },
      started: { actor: { id: "ada" }, event: { type: "campaign-started" } },
      course: [
        { what: "STARTED", reason: "" },
        { what: "PAUSED", reason: "typo" },
        { what: "RESUMED", reason: "" },
        { what: "FINISHED", reason: "done", step: { actor: { id: "ada" } } },
      ],
      versions: [
        {
          ...{ version: 1, status: "ENDED", drafted: { actor: { id: "ada" } }, approved: { actor: { id: "bo" } } },
          ended: { event: { type: "campaign-finished" } },
        },
      ],
      kpis: [
        { code: "called", added: false },
        { code: "complained", added: true, definition: { measure: { conversion: true } } },
      ],
    });
    expect(told.sentence).toContain("email");
    expect(told.kpis[1].sentence).toBe("complained: whether there are any complaint-recorded facts");
    expect(told.definitionEvents.nodes.map(({ type }: { type: string }) => type)).toEqual([
      ...["campaign-drafted", "campaign-approved", "campaign-started", "campaign-paused", "campaign-resumed"],
      ...["campaign-finished", "campaign-kpi-added"],
    ]);
  });

  test("what was read as its definition can be sent back", async () => {
    const bank = campaignBank();
    await bank.publishOffer(offer("card"));
    // biome-ignore lint/suspicious/noThenProperty: the word of the definition
    await bank.publishPolicy(policy("calm", { quietHours: { from: "21:00", to: "08:00", zone: "UTC", then: "hold" } }));
    const whole = campaign("spring", {
      ...{ policy: "calm", offers: ["card"], exploration: "5.00", outcomeWindow: "P7D", breakdown: [] },
      start: { recurring: { unit: "week", time: "09:00", from: "2026-06-01T00:00:00Z" } },
      budget: { money: { amount: "20.00", currency: "CZK" }, contacts: 10 },
      assignment: {
        ...{ version: 2, salt: "s" },
        arms: [
          { name: "none", share: "10.00", control: true },
          { name: "all", share: "90.00", variants: [{ name: "a", share: "100.00", content: { template: "a" } }] },
        ],
      },
    });
    await bank.must("draftCampaign", { input: whole });
    const { campaign: told, policy: rules } = await bank.ask(`{
      campaign(id: "spring") { definition draft { definition status } policy { policyId status sentence } offers { offerId definition } }
      policy(id: "calm") { definition versions { status sentence } }
    }`);
    expect(told.draft).toEqual({ definition: told.definition, status: "DRAFT" });
    expect(told).toMatchObject({
      definition: { budget: whole.budget, policy: "calm" },
      policy: { policyId: "calm", status: "PUBLISHED" },
      offers: [{ offerId: "card", definition: { value: { amount: "40.00", currency: "CZK" } } }],
    });
    expect(await bank.tell("draftCampaign", { input: told.definition })).toMatchObject({ outcome: "UNCHANGED" });
    expect(await bank.tell("draftPolicy", { input: rules.definition })).toMatchObject({ outcome: "UNCHANGED" });
    expect(rules.versions[0].status).toBe("IN_FORCE");
  });

  test("its list is paged by id, and narrowed by words and status", async () => {
    const bank = campaignBank();
    for (const id of ["cherry", "apple", "banana"]) await bank.must("draftCampaign", { input: campaign(id) });
    await bank.must("approveCampaign", { id: "banana", version: 1 }, "bo");
    const list =
      "query ($after: Cursor) { campaigns(first: 2, after: $after) { nodes { campaignId } pageInfo { hasNextPage endCursor } } }";
    const { campaigns: first } = await bank.ask(list);
    expect(first).toMatchObject({
      nodes: [{ campaignId: "apple" }, { campaignId: "banana" }],
      pageInfo: { hasNextPage: true },
    });
    const { campaigns: second } = await bank.ask(list, { after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ nodes: [{ campaignId: "cherry" }], pageInfo: { hasNextPage: false } });
    const { approved, found, none } = await bank.ask(`{
      approved: campaigns(filter: { status: [APPROVED] }) { nodes { id campaignId } }
      found: campaigns(filter: { search: "THE cher" }) { nodes { campaignId } }
      none: campaigns(filter: { status: [] }) { nodes { campaignId } }
    }`);
    expect([approved.nodes[0].campaignId, found.nodes, none.nodes]).toEqual(["banana", [{ campaignId: "cherry" }], []]);
    const { node, campaign: named } = await bank.ask(
      "query ($id: ID!) { node(id: $id) { __typename id } campaign(id: $id) { campaignId } }",
      { id: approved.nodes[0].id },
    );
    expect([node.__typename, named]).toEqual(["Campaign", { campaignId: "banana" }]);
  });
});

describe("a refusal says why", () => {
  test("an invalid definition, with every fault's path", async () => {
    const bank = campaignBank();
    const input = campaign("spring", {
      audience: { segment: "nobody-knows" },
      kpis: [{ code: "k", name: "K", facts: { types: ["no-such-fact"] } }],
    });
    expect(await bank.tell("draftCampaign", { input })).toMatchObject({
      ...{ __typename: "CampaignRefused", reason: "INVALID", subjectId: "spring", refusedVersion: null, fields: [] },
      faults: [{ field: "kpis[0].facts.types[0]", code: "unknown-type" }],
    });
  });

  test("waves by customers' own clocks are taken, and what is wrong with their zones has its path", async () => {
    const bank = campaignBank();
    const recurring = { unit: "day", time: "09:00", from: "2026-05-01" } as const;
    const draft = (start: OutsideCampaign["start"]) =>
      bank.tell("draftCampaign", { input: campaign("spring", { start }) });
    expect(await draft({ recurring: { ...recurring, zoneAttribute: "time zone" } })).toMatchObject({
      ...{ reason: "INVALID", faults: [{ field: "start.recurring.zoneAttribute", code: "malformed" }] },
    });
    expect(await draft({ once: { at: "2026-05-01", zone: "Europe/Prague" } })).toMatchObject({
      ...{ reason: "INVALID", faults: [{ field: "start.once.zone", code: "not-allowed" }] },
    });
    const start = { recurring: { ...recurring, zoneAttribute: "timezone", zone: "Europe/Prague" } };
    await bank.launch(campaign("spring", { start }));
    const { campaign: told } = await bank.ask('{ campaign(id: "spring") { sentence current { definition } } }');
    expect(told.current.definition.start).toEqual({
      recurring: { ...start.recurring, from: "2026-05-01T00:00:00.000Z" },
    });
    expect(told.sentence).toContain("in the zone of the attribute timezone (Europe/Prague where it is unknown)");
    const plain = campaign("spring", { start: { recurring } });
    expect(await bank.tell("draftCampaign", { input: plain })).toMatchObject({
      ...{ reason: "LOCKED", fields: ["start.recurring.zoneAttribute"] },
    });
  });

  test("an unknown campaign, version, policy and offer", async () => {
    const bank = campaignBank();
    await bank.must("draftCampaign", { input: campaign("spring") });
    expect(await bank.tell("startCampaign", { id: "autumn" })).toMatchObject({
      ...{ reason: "UNKNOWN", subjectId: "autumn", message: 'there is no campaign "autumn"' },
    });
    expect(await bank.tell("approveCampaign", { id: "spring", version: 7 }, "bo")).toMatchObject({
      ...{ reason: "UNKNOWN_VERSION", subjectId: "spring", refusedVersion: 7 },
    });
    expect(await bank.tell("publishPolicy", { id: "calm", version: 1 })).toMatchObject({ reason: "UNKNOWN" });
    expect(await bank.tell("retireOffer", { id: "card", reason: "old" })).toMatchObject({ reason: "UNKNOWN" });
  });

  test("starting without approval, approving one's own draft, and steps that the status does not allow", async () => {
    const bank = campaignBank();
    await bank.must("draftCampaign", { input: campaign("spring") });
    expect(await bank.tell("startCampaign", { id: "spring" })).toMatchObject({
      ...{ __typename: "CampaignRefused", reason: "NOT_APPROVED", subjectId: "spring", refusedVersion: 1 },
    });
    expect(await bank.tell("approveCampaign", { id: "spring", version: 1 }, "ada")).toMatchObject({
      ...{ reason: "SAME_AUTHOR", subjectId: "spring", refusedVersion: 1 },
    });
    expect(await bank.tell("pauseCampaign", { id: "spring", reason: "r" })).toMatchObject({ reason: "WRONG_STATUS" });
    const { campaign: told } = await bank.ask('{ campaign(id: "spring") { status started { at } course { what } } }');
    expect(told).toEqual({ status: "DRAFT", started: null, course: [] });
  });

  test("shares edited after the start, by the path of each", async () => {
    const bank = campaignBank();
    await bank.launch(campaign("spring", { assignment: halves }));
    const [control, treated] = halves!.arms;
    const arms = [
      { ...control!, share: "40.00" },
      { ...treated!, share: "60.00" },
    ];
    const edited = campaign("spring", { assignment: { arms } });
    expect(await bank.tell("draftCampaign", { input: edited })).toMatchObject({
      ...{ __typename: "CampaignRefused", reason: "LOCKED", subjectId: "spring" },
      fields: ["assignment.arms[0].share", "assignment.arms[1].share"],
    });
    const anew = campaign("spring", { assignment: { version: 2, arms } });
    expect(await bank.tell("draftCampaign", { input: anew })).toMatchObject({ outcome: "DRAFTED", version: 2 });
  });

  test("retiring a policy and an offer that a campaign names, with the campaign", async () => {
    const bank = campaignBank();
    await bank.publishOffer(offer("card"));
    await bank.publishPolicy(policy("calm"));
    await bank.launch(campaign("spring", { policy: "calm", offers: ["card"] }));
    const dependents = [{ campaignId: "spring", version: 1, campaign: { name: "The spring" } }];
    expect(await bank.tell("retirePolicy", { id: "calm", reason: "old" })).toMatchObject({
      ...{ __typename: "UsedByCampaigns", subjectId: "calm", dependents },
    });
    expect(await bank.tell("retireOffer", { id: "card", reason: "old" })).toMatchObject({
      ...{ __typename: "UsedByCampaigns", subjectId: "card", dependents },
    });
    await bank.must("finishCampaign", { id: "spring", reason: "done" });
    expect(await bank.tell("retirePolicy", { id: "calm", reason: "old" })).toMatchObject({ outcome: "RETIRED" });
    expect(await bank.tell("retireOffer", { id: "card", reason: "old" })).toMatchObject({
      ...{ outcome: "RETIRED", offer: { offerId: "card", status: "RETIRED" } },
    });
    const { policies, offers } = await bank.ask(
      "{ policies(filter: { status: [RETIRED] }) { nodes { policyId } } offers { nodes { offerId current { version } } } }",
    );
    expect([policies.nodes, offers.nodes]).toEqual([[{ policyId: "calm" }], [{ offerId: "card", current: null }]]);
  });

  test("archiving a segment whose members a campaign asks for", async () => {
    const bank = campaignBank();
    await bank.stand(segment("callers", { did: { types: ["call-recorded"] } }));
    await bank.launch(campaign("spring", { audience: { segment: "callers" } }));
    const { data } =
      await bank.query(`mutation { said: archiveSegment(id: "callers", reason: "old", actor: { kind: PERSON, id: "ada" }) {
      __typename ... on SegmentInUse { dependents { segmentId } uses { name version reason } } } }`);
    expect(data.said).toEqual({
      ...{ __typename: "SegmentInUse", dependents: [] },
      uses: [{ name: "campaign spring", version: 1, reason: "asks for members of callers at audience.segment" }],
    });
  });
});

describe("while a campaign goes on", () => {
  test("it counts its sends and their cost, what waits, and its waves", async () => {
    const bank = campaignBank();
    await bank.record(
      ...["ada", "bo", "cy"].map(name => facts.registered(name, "2026-01-01")),
      ...["ada", "bo"].map(name => facts.consented(name, "2026-01-02")),
    );
    await bank.launch(campaign("spring", { start: { once: { at: "2026-05-01T09:00:00Z" } } }));
    const progress = `{ campaign(id: "spring") {
      spent { contacts money { amount currency } } waiting { sends exact }
      waves { totalCount nodes { at version size decided finishedAt } } } }`;
    expect((await bank.ask(progress)).campaign).toEqual({
      spent: { contacts: 2, money: { amount: "0.20", currency: "CZK" } },
      waiting: { sends: 2, exact: true },
      waves: {
        totalCount: 1,
        nodes: [
          {
            ...{ at: "2026-05-01T09:00:00.000Z", version: 1, size: 3, decided: 3 },
            finishedAt: "2026-06-01T00:00:00.000Z",
          },
        ],
      },
    });
  });
});
