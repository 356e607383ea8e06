import { describe, expect, test } from "vitest";
import * as facts from "../support/facts.ts";
import { campaign, offer } from "./support/campaignBank.ts";
import { decidedBank } from "./support/decidedBank.ts";

const customer = (name: string) => `customer(identity: { system: "core", id: "${name}" })`;
const identity = (id: string) => ({ identity: { system: "core", id } });
type Listed = { readonly nodes: readonly Record<string, unknown>[]; readonly pageInfo: Record<string, unknown> };

describe("a campaign's decisions", () => {
  test("each say what was decided and why, with the gates, the consent and the cause", async () => {
    const bank = await decidedBank();
    await bank.complains("ada", "2026-05-02");
    await bank.complains("cy", "2026-05-03");
    const { campaign: told } = await bank.ask(`{ campaign(id: "sorry") { decisions { nodes {
      outcome reason why arm variant channel purpose campaignVersion policyVersion at
      campaign { name } policy { policyId } customer { identities { nodes { id } } }
      cause { kind wave held { decisionId } fact { type occurredAt } }
      consent { granted event { type } } unitCost { amount currency }
      gates { gate channel verdict detail } event { type stream } receipts { status }
    } } } }`);
    const [cy, ada] = told.decisions.nodes;
    expect(ada).toMatchObject({
      ...{ outcome: "SEND", reason: null, arm: "all", variant: "all", channel: "email", purpose: "marketing" },
      ...{ campaignVersion: 1, policyVersion: 1, at: "2026-05-02T12:00:00.000Z", receipts: [] },
      ...{ campaign: { name: "The sorry" }, policy: { policyId: "calm" } },
      customer: { identities: { nodes: [{ id: "ada" }] } },
      cause: { kind: "TRIGGER", wave: null, held: null, fact: { type: "complaint-recorded" } },
      consent: { granted: true, event: { type: "consent-granted" } },
      unitCost: { amount: "0.10", currency: "CZK" },
      gates: [
        { gate: "ASSIGNMENT", channel: null, verdict: "PASS" },
        { gate: "CAP", verdict: "PASS", detail: "0 of at most 1 contacts since 2025-05-02T12:00:00.000Z" },
        { gate: "CONSENT", channel: "email", verdict: "PASS" },
      ],
    });
    expect(ada.why).toMatch(/^Contacted by email for marketing: the fact at position \d+ set it off \(bucket /);
    expect(cy).toMatchObject({ outcome: "SKIP", reason: "CONSENT", consent: null });
    expect(cy.why).toMatch(
      /^Not contacted: the fact at position \d+ set it off, but the customer never agreed to it \(email: nothing was ever said about marketing by email\)\.$/,
    );
  });

  test("are paged in both directions, and narrowed by outcome and reason", async () => {
    const bank = await decidedBank();
    for (const [name, day] of [
      ...([
        ["ada", "2026-05-02"],
        ["ada", "2026-05-03"],
        ["cy", "2026-05-04"],
        ["bo", "2026-05-05"],
      ] as const),
      ...([["ada", "2026-05-06"]] as const),
    ])
      await bank.complains(name, day);
    const list = async (args: string, after: string | null = null): Promise<Listed> => {
      const text = `query ($after: Cursor) { campaign(id: "sorry") { decisions(after: $after, ${args}) { nodes { at } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
      return (await bank.ask(text, { after })).campaign.decisions;
    };
    const days = ({ nodes }: Listed) => nodes.map(({ at }) => String(at).slice(8, 10));
    const first = await list("first: 3");
    expect([days(first), first.pageInfo]).toMatchObject([["06", "05", "04"], { hasNextPage: true }]);
    const rest = await list("first: 3", first.pageInfo.endCursor as string);
    expect([days(rest), rest.pageInfo]).toMatchObject([["03", "02"], { hasNextPage: false, hasPreviousPage: true }]);
    expect(days(await list("first: 2, order: OLDEST_FIRST"))).toEqual(["02", "03"]);
    expect(days(await list("outcome: SEND"))).toEqual(["05", "02"]);
    expect(days(await list("reason: CAP"))).toEqual(["06", "03"]);
    const capped = await list("reason: CAP, first: 1");
    expect([days(capped), capped.pageInfo]).toMatchObject([["06"], { hasNextPage: true }]);
    const more = await list("reason: CAP, first: 1", capped.pageInfo.endCursor as string);
    expect([days(more), more.pageInfo]).toMatchObject([["03"], { hasNextPage: false }]);
    expect(days(await list("first: 0"))).toEqual([]);
  });

  test("a cursor of another campaign's list is refused", async () => {
    const bank = await decidedBank();
    await bank.launch(campaign("other"));
    await bank.complains("ada", "2026-05-02");
    const { campaign: told } = await bank.ask('{ campaign(id: "sorry") { decisions { pageInfo { endCursor } } } }');
    const { errors } = await bank.query(
      'query ($after: Cursor) { campaign(id: "other") { decisions(after: $after) { nodes { at } } } }',
      { after: told.decisions.pageInfo.endCursor },
    );
    expect(errors).toMatchObject([{ code: "CURSOR_INVALID", extensions: { argument: "after" } }]);
  });

  test("one is found by its id, which nothing else is", async () => {
    const bank = await decidedBank();
    await bank.complains("bo", "2026-05-02");
    const [id] = await bank.decisionIds();
    const one =
      "query ($id: ID!) { decision(id: $id) { decisionId outcome why event { id } cause { fact { eventId } } } }";
    const { decision } = await bank.ask(one, { id });
    expect(decision).toMatchObject({ decisionId: id, outcome: "SEND" });
    expect((await bank.ask(one, { id: decision.event.id })).decision).toEqual(decision);
    expect((await bank.ask(one, { id: decision.cause.fact.eventId })).decision).toBeNull();
    expect((await bank.ask(one, { id: "00000000-0000-0000-0000-000000000000" })).decision).toBeNull();
    expect((await bank.query(one, { id: "nonsense" })).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
  });

  test("a held one says until when, and the decision at its release names it", async () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the definition
    const quietHours = { from: "11:00", to: "13:00", zone: "UTC", then: "hold" } as const;
    const bank = await decidedBank({}, { quietHours });
    await bank.complains("ada", "2026-05-02");
    const [held] = await bank.decisionIds();
    const { decision } = await bank.ask(
      "query ($id: ID!) { decision(id: $id) { outcome reason until why zone gates { gate verdict } } }",
      { id: held },
    );
    expect(decision).toMatchObject({
      ...{ outcome: "DEFER", reason: "QUIET_HOURS", until: "2026-05-02T13:00:00.000Z", zone: "UTC" },
    });
    expect(decision.gates).toContainEqual({ gate: "QUIET_HOURS", verdict: "HOLD" });
    expect(decision.why).toContain("it was held and is decided anew at 2026-05-02T13:00:00.000Z");
    await bank.complains("cy", "2026-05-04");
    const { campaign: told } = await bank.ask(
      `{ campaign(id: "sorry") { decisions { nodes { outcome reason cause { kind held { decisionId } } } } } }`,
    );
    expect(told.decisions.nodes).toContainEqual(
      expect.objectContaining({ cause: { kind: "RELEASE", held: { decisionId: held } } }),
    );
  });

  test("one that waits for the customer's own clock says what that has to show, and where", async () => {
    const once = { at: "2026-05-03T09:00:00Z", zoneAttribute: "timezone" };
    const bank = await decidedBank({ start: { once }, policy: undefined as never });
    const at = (name: string, timezone: string) =>
      facts.told("customer-attributes-changed", facts.customer(name), "2026-01-03", { attributes: { timezone } });
    await bank.record(at("ada", "America/New_York"), at("bo", "Pacific/Kiritimati"));
    await bank.complains("cy", "2026-05-03");
    const { campaign: told } = await bank.ask(`{ campaign(id: "sorry") {
      held: decisions(reason: SCHEDULE, outcome: DEFER) { nodes {
        until why schedule { localTime zone } customer { identities { nodes { id } } } cause { kind wave }
      } }
      unknown: decisions(reason: SCHEDULE, outcome: SKIP) { nodes { schedule { localTime zone } gates { gate verdict } } }
      sent: decisions(outcome: SEND) { nodes { customer { identities { nodes { id } } } } }
    } }`);
    const localTime = "2026-05-03T09:00:00.000";
    expect(told.held.nodes).toEqual([
      {
        until: "2026-05-03T13:00:00.000Z",
        why: expect.stringContaining("2026-05-03 08:00 in America/New_York, comes at 2026-05-03 09:00"),
        schedule: { localTime, zone: "America/New_York" },
        customer: { identities: { nodes: [{ id: "ada" }] } },
        cause: { kind: "WAVE", wave: "2026-05-02T19:00:00.000Z" },
      },
    ]);
    expect(told.unknown.nodes).toMatchObject([
      {
        schedule: { localTime, zone: null },
        gates: expect.arrayContaining([{ gate: "SCHEDULE", verdict: "UNKNOWN" }]),
      },
    ]);
    expect(told.sent.nodes).toEqual([{ customer: { identities: { nodes: [{ id: "bo" }] } } }]);
  });

  test("the offers it chose from are told, and how each does since", async () => {
    const bank = await decidedBank();
    await bank.publishOffer(offer("card"));
    await bank.launch(campaign("gifts", { offers: ["card"] }));
    await bank.complains("bo", "2026-05-02");
    const { campaign: told, offer: card } = await bank.ask(`{
      campaign(id: "gifts") { decisions { nodes { decisionId offerId offer { name } scores { offerId successes failures draw value { amount } } } } }
      offer(id: "card") { scores { nodes { tier shown successes failures } pageInfo { hasNextPage } } }
    }`);
    const [sent] = told.decisions.nodes;
    expect(sent).toMatchObject({
      ...{ offerId: "card", offer: { name: "The card" } },
      scores: [{ offerId: "card", successes: 0, failures: 0, value: { amount: "40.00" } }],
    });
    expect(sent.scores[0].draw).toBeGreaterThan(0);
    const shown = { tier: null, shown: 1, successes: 0, failures: 1 };
    expect(card.scores).toEqual({ nodes: [shown], pageInfo: { hasNextPage: false } });
    await bank.backend.receipts.report([{ contactId: sent.decisionId, status: "clicked" }], { source: "mailer" });
    await bank.engine.drain();
    const { offer: clicked } = await bank.ask('{ offer(id: "card") { scores { nodes { successes failures } } } }');
    expect(clicked.scores.nodes).toEqual([{ successes: 1, failures: 0 }]);
  });
});

describe("a customer's contacts", () => {
  const contacts = `contacts { nodes {
    contactId origin contacted at why campaignId campaign { name } channel purpose arm variant
    decision { outcome reason } receipts { at status reason event { type } } responses { response } event { type } } }`;

  test("are decisions of every outcome and what others report, with what followed, the newest first", async () => {
    const bank = await decidedBank();
    await bank.complains("ada", "2026-05-02");
    await bank.complains("ada", "2026-05-03");
    const [sent] = await bank.decisionIds();
    await bank.backend.receipts.report(
      [
        { contactId: sent, status: "delivered", occurredAt: "2026-05-02T12:02:00Z" },
        { contactId: sent, status: "sent", occurredAt: "2026-05-02T12:01:00Z" },
      ],
      { source: "mailer" },
    );
    await bank.record(
      facts.told("campaign-contacted", facts.customer("ada"), "2026-04-30", {
        ...{ contactId: "ct-9", campaignId: "elsewhere", channel: "phone", purpose: "service", variant: "B" },
      }),
      facts.told("delivery-reported", facts.customer("ada"), "2026-05-01", {
        ...{ contactId: "ct-9", status: "bounced", reason: "nobody answers" },
      }),
      facts.told("campaign-responded", facts.customer("ada"), "2026-05-03", {
        ...{ contactId: sent!, campaignId: "sorry", response: "accepted" },
      }),
    );
    const { ada } = await bank.ask(`{ ada: ${customer("ada")} { ${contacts} } }`);
    const [capped, mailed, phoned] = ada.contacts.nodes;
    expect(ada.contacts.nodes).toHaveLength(3);
    expect(capped).toMatchObject({
      ...{ origin: "DECIDED", contacted: false, receipts: [], responses: [] },
      decision: { outcome: "SKIP", reason: "CAP" },
    });
    expect(capped.why).toContain("contacted often enough (email: 1 of at most 1 contacts since");
    expect(mailed).toMatchObject({
      ...{ contactId: sent, origin: "DECIDED", contacted: true, campaign: { name: "The sorry" }, arm: "all" },
      ...{ decision: { outcome: "SEND", reason: null }, responses: [{ response: "accepted" }] },
      receipts: [
        { at: "2026-05-02T12:01:00.000Z", status: "sent", reason: null, event: { type: "delivery-reported" } },
        { at: "2026-05-02T12:02:00.000Z", status: "delivered" },
      ],
    });
    expect(phoned).toMatchObject({
      ...{ contactId: "ct-9", origin: "REPORTED", contacted: true, at: "2026-04-30T12:00:00.000Z", decision: null },
      ...{ campaignId: "elsewhere", campaign: null, channel: "phone", purpose: "service", arm: null, variant: "B" },
      ...{ why: "Contacted by phone for service, as core reported: it was not decided here.", responses: [] },
      receipts: [{ status: "bounced", reason: "nobody answers" }],
    });
  });

  test("are paged, and told as they were at a moment", async () => {
    const bank = await decidedBank();
    await bank.complains("ada", "2026-05-02");
    const known = bank.engine.checkpoint();
    const [sent] = await bank.decisionIds();
    await bank.backend.receipts.report([{ contactId: sent, status: "sent", occurredAt: "2026-05-02T12:00:00Z" }], {
      source: "mailer",
    });
    await bank.complains("ada", "2026-05-03");
    const page = "nodes { at receipts { status } } pageInfo { hasNextPage endCursor }";
    const { ada: first } = await bank.ask(`{ ada: ${customer("ada")} { contacts(first: 1) { ${page} } } }`);
    expect(first.contacts).toMatchObject({
      nodes: [{ at: "2026-05-03T12:00:00.000Z" }],
      pageInfo: { hasNextPage: true },
    });
    const { ada: second } = await bank.ask(
      `query ($after: Cursor) { ada: ${customer("ada")} { contacts(first: 1, after: $after) { ${page} } } }`,
      { after: first.contacts.pageInfo.endCursor },
    );
    expect(second.contacts).toMatchObject({
      ...{
        nodes: [{ at: "2026-05-02T12:00:00.000Z", receipts: [{ status: "sent" }] }],
        pageInfo: { hasNextPage: false },
      },
    });
    const { then } = await bank.ask(
      `query ($known: Position!) { then: customer(identity: { system: "core", id: "ada" }, knownPosition: $known) { contacts { ${page} } } }`,
      { known: String(known) },
    );
    expect(then.contacts.nodes).toEqual([{ at: "2026-05-02T12:00:00.000Z", receipts: [] }]);
  });

  test("of merged customers are the survivor's, and each one's own again after a split", async () => {
    const bank = await decidedBank();
    await bank.complains("ada", "2026-05-02");
    await bank.complains("bo", "2026-05-03");
    const [ofAda] = await bank.decisionIds();
    const { ada, bo } = await bank.ask(
      `{ ada: ${customer("ada")} { customerId } bo: ${customer("bo")} { customerId } }`,
    );
    const actor = { kind: "PERSON", id: "eva" };
    const merge = { survivor: identity("bo"), absorbed: identity("ada"), actor, reason: "One person" };
    const { data } = await bank.query(
      "mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { __typename } }",
      { input: merge },
    );
    expect(data.mergeCustomers.__typename).toBe("CustomersMerged");
    await bank.engine.drain();
    await bank.backend.receipts.report([{ contactId: ofAda, status: "opened" }], { source: "mailer" });
    await bank.engine.drain();
    const { bo: both, decision } = await bank.ask(
      `query ($id: ID!) { ${customer("bo").replace("customer", "bo: customer")} { contacts { nodes { contactId receipts { status } } } }
        decision(id: $id) { customerId customer { customerId } receipts { status } } }`,
      { id: ofAda },
    );
    expect(both.contacts.nodes).toHaveLength(2);
    expect(both.contacts.nodes[1]).toEqual({ contactId: ofAda, receipts: [{ status: "opened" }] });
    expect(decision).toEqual({
      ...{ customerId: ada.customerId, customer: { customerId: bo.customerId }, receipts: [{ status: "opened" }] },
    });
    const split = { absorbed: ada.customerId, actor, reason: "Twins" };
    await bank.query("mutation ($input: SplitCustomersInput!) { splitCustomers(input: $input) { __typename } }", {
      input: split,
    });
    await bank.engine.drain();
    const own = await bank.ask(`{ ada: ${customer("ada")} { contacts { nodes { contactId receipts { status } } } }
      bo: ${customer("bo")} { contacts { nodes { receipts { status } } } } }`);
    expect(own.ada.contacts.nodes).toEqual([{ contactId: ofAda, receipts: [{ status: "opened" }] }]);
    expect(own.bo.contacts.nodes).toEqual([{ receipts: [] }]);
  });
});
