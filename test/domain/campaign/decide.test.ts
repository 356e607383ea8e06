import { expect, test } from "vitest";
import {
  addKpi,
  approveCampaign,
  draftCampaign,
  finishCampaign,
  mostUnfinished,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from "../../../src/domain/campaign/decide.ts";
import type { OutsideCampaign } from "../../../src/domain/campaign/outside.ts";
import type { Actor } from "../../../src/domain/event.ts";
import { findKnownTag, surroundings } from "../segment/support/knownTags.ts";
import {
  approved,
  drafted,
  finished,
  given,
  kpiAdded,
  offerPublished,
  offerRetired,
  others,
  paused,
  policyPublished,
  readCampaign,
  readKpi,
  resumed,
  started,
} from "./support/given.ts";
import { campaign, offer, policy } from "./support/written.ts";

const person = (id: string): Actor => ({ kind: "person", id });
const draft = (json: OutsideCampaign) => draftCampaign(readCampaign(json), others);
const approve = (id: string, version = 1, by = person("bo"), around = surroundings) =>
  approveCampaign(id, version, by, around, others);
const start = (id: string) => startCampaign(id, surroundings, others);

const spring = campaign({ id: "spring" });
const renamed = { ...spring, name: "Spring again" };
const running = [drafted(spring), approved("spring"), started("spring")];

test("a campaign is drafted, and the same again changes nothing", () => {
  given()
    .when(draft(spring))
    .thenRecords({ type: "campaign-drafted", data: { version: 1, definition: readCampaign(spring) } });
  given(drafted(spring)).when(draft(spring)).thenChangesNothing();
  given(...running)
    .when(draft(renamed))
    .thenRecords({ type: "campaign-drafted", data: { version: 2, definition: readCampaign(renamed) } });
  given(...running, finished("spring"))
    .when(draft(renamed))
    .thenRefuses("wrongStatus");
});

test("somebody else than its author approves the newest version", () => {
  given(drafted(spring))
    .when(approve("spring"))
    .thenRecords({ type: "campaign-approved", data: { version: 1 } });
  const message = given(drafted(spring))
    .when(approve("spring", 1, person("ada")))
    .thenRefuses({ kind: "sameAuthor", id: "spring", version: 1, author: "ada" });
  expect(message).toBe("ada drafted version 1 of spring: somebody else has to approve it");
  given(drafted(spring))
    .when(approve("spring", 1, { kind: "service", id: "ada" }))
    .thenRefuses("sameAuthor");
  given(drafted(spring), approved("spring")).when(approve("spring")).thenChangesNothing();
  given(drafted(spring), drafted(renamed, 2)).when(approve("spring")).thenRefuses("wrongStatus");
  // It is the author of this version that counts.
  given(drafted(spring), drafted(renamed, 2, "bo"))
    .when(approve("spring", 2))
    .thenRefuses("sameAuthor");
  given(drafted(spring), drafted(renamed, 2, "bo"))
    .when(approve("spring", 2, person("ada")))
    .thenRecords({ type: "campaign-approved", data: { version: 2 } });
  given(drafted(spring)).when(approve("spring", 2)).thenRefuses("unknownVersion");
  given(drafted(spring)).when(approve("sprint")).thenRefuses({ kind: "unknown", subject: "campaign", id: "sprint" });
});

test("a campaign is started once it is approved", () => {
  const message = given(drafted(spring))
    .when(start("spring"))
    .thenRefuses({ kind: "notApproved", id: "spring", version: 1 });
  expect(message).toContain("somebody other than ada has to approve it first");
  given(drafted(spring), approved("spring"))
    .when(start("spring"))
    .thenRecords({ type: "campaign-started", data: { version: 1 } });
  given(...running)
    .when(start("spring"))
    .thenChangesNothing();
  given(...running, paused("spring"))
    .when(start("spring"))
    .thenRefuses("wrongStatus");
  given(...running, finished("spring"))
    .when(start("spring"))
    .thenRefuses("wrongStatus");
  const outside = campaign({ id: "gate", start: { outside: true } });
  given(drafted(outside), approved("gate"))
    .when(start("gate"))
    .thenRecords({
      type: "campaign-started",
      data: { version: 1 },
    });
});

test("a running campaign pauses, goes on, and ends for good", () => {
  given(...running)
    .when(pauseCampaign("spring", "wait"))
    .thenRecords({ type: "campaign-paused", data: { reason: "wait" } });
  given(...running, paused("spring"))
    .when(pauseCampaign("spring", "wait"))
    .thenChangesNothing();
  given(...running)
    .when(pauseCampaign("spring", " "))
    .thenFaults("reason empty");
  given(drafted(spring), approved("spring")).when(pauseCampaign("spring", "wait")).thenRefuses("wrongStatus");
  given(...running, paused("spring"))
    .when(resumeCampaign("spring"))
    .thenRecords({ type: "campaign-resumed", data: {} });
  given(...running, paused("spring"), resumed("spring"))
    .when(resumeCampaign("spring"))
    .thenChangesNothing();
  given(drafted(spring), approved("spring")).when(resumeCampaign("spring")).thenRefuses("wrongStatus");
  const end = { type: "campaign-finished", data: { reason: "over" } };
  for (const before of [running, [...running, paused("spring")], [drafted(spring)]])
    given(...before)
      .when(finishCampaign("spring", "over"))
      .thenRecords(end);
  const over = given(...running, finished("spring"));
  over.when(finishCampaign("spring", "over")).thenChangesNothing();
  over.when(pauseCampaign("spring", "wait")).thenRefuses("wrongStatus");
  over.when(resumeCampaign("spring")).thenRefuses("wrongStatus");
  over.when(approve("spring")).thenRefuses("wrongStatus");
});

test("a version approved while the campaign runs takes the place of the one before at once", () => {
  const { campaign: stateOf } = given(...running, drafted(renamed, 2), approved("spring", 2));
  const { status, versions } = stateOf("spring");
  expect(status).toBe("running");
  expect(versions.map(({ approved: by, ended }) => [by?.position, ended?.position])).toEqual([
    [2, 5],
    [5, undefined],
  ]);
});

const split = (version: number, salt: string, control: string, content = "a"): OutsideCampaign => ({
  ...spring,
  assignment: {
    ...{ version, salt },
    arms: [
      { name: "control", share: control, control: true },
      {
        ...{ name: "treated", share: "50.00" },
        variants: [
          { name: "x", share: 40, content: { template: content } },
          { name: "y", share: 60 },
        ],
      },
    ],
  },
});

test("once started, salt, shares and arms stay within one version of the assignment", () => {
  const before = split(2, "s", "10.00");
  const begun = given(drafted(before), approved("spring"), started("spring"));
  const locked = (...fields: readonly string[]) => ({ kind: "locked", id: "spring", fields });
  const message = begun
    .when(draft(split(2, "t", "20.00")))
    .thenRefuses(locked("assignment.salt", "assignment.arms[0].share"));
  expect(message).toBe(
    "spring has started, so assignment.salt, assignment.arms[0].share cannot change: give the assignment a version above 2 to assign everybody anew",
  );
  begun.when(draft(split(1, "s", "10.00"))).thenRefuses(locked("assignment.version"));
  const { assignment } = before;
  const [control, treated] = assignment!.arms;
  const withArms = (...arms: NonNullable<OutsideCampaign["assignment"]>["arms"]) =>
    draft({ ...before, assignment: { ...assignment!, arms } });
  begun.when(withArms(treated!)).thenRefuses(locked("assignment.arms"));
  begun
    .when(withArms(treated!, control!))
    .thenRefuses(
      locked(
        ...["assignment.arms[0].name", "assignment.arms[0].share", "assignment.arms[0].control"],
        ...["assignment.arms[0].variants", "assignment.arms[1].name", "assignment.arms[1].share"],
        ...["assignment.arms[1].control", "assignment.arms[1].variants"],
      ),
    );
  const [x, y] = treated!.variants!;
  begun
    .when(
      withArms(control!, {
        ...treated!,
        variants: [
          { ...x!, share: 50 },
          { ...y!, name: "z", share: 50 },
        ],
      }),
    )
    .thenRefuses(
      locked(
        ...["assignment.arms[1].variants[0].share", "assignment.arms[1].variants[1].name"],
        "assignment.arms[1].variants[1].share",
      ),
    );
});

test("contents may change after the start, and everything with a later version of the assignment, or before the start", () => {
  const before = split(2, "s", "10.00");
  const approvedOnly = [drafted(before), approved("spring")];
  const isDrafted = ({ decision }: { readonly decision: object }) =>
    expect(decision).toMatchObject({ ok: true, value: { version: 2, event: { type: "campaign-drafted" } } });
  isDrafted(given(...approvedOnly, started("spring")).when(draft(split(2, "s", "10.00", "b"))));
  isDrafted(given(...approvedOnly, started("spring")).when(draft(split(3, "t", "20.00"))));
  isDrafted(given(...approvedOnly).when(draft(split(1, "t", "20.00"))));
});

test("a draft of before the start is held to it when it is approved", () => {
  given(drafted(split(1, "s", "10.00")), approved("spring"), drafted(split(1, "s", "20.00"), 2), started("spring"))
    .when(approve("spring", 2))
    .thenRefuses({ kind: "locked", id: "spring", fields: ["assignment.arms[0].share"] });
});

test("the kind of start stays as it is once started, its times may change", () => {
  const triggered = { ...spring, start: { trigger: { types: ["card-issued"] } } };
  given(...running)
    .when(draft(triggered))
    .thenRefuses({ kind: "locked", id: "spring", fields: ["start"] });
  const later = { ...spring, start: { once: { at: "2024-07-01" } } };
  given(...running)
    .when(draft(later))
    .thenRecords({
      type: "campaign-drafted",
      data: { version: 2, definition: readCampaign(later) },
    });
  expect(given(drafted(spring), approved("spring")).when(draft(triggered)).decision.ok).toBe(true);
});

test("whether waves go by customers' own zones stays as it is once started; by which attribute may change", () => {
  const own = (zoneAttribute: string, zone?: string) => ({
    ...spring,
    start: { once: { at: "2024-06-01", zoneAttribute, ...(zone === undefined ? {} : { zone }) } },
  });
  given(...running)
    .when(draft(own("timezone")))
    .thenRefuses({ kind: "locked", id: "spring", fields: ["start.once.zoneAttribute"] });
  const runningOwn = [drafted(own("timezone")), approved("spring"), started("spring")];
  given(...runningOwn)
    .when(draft(spring))
    .thenRefuses({ kind: "locked", id: "spring", fields: ["start.once.zoneAttribute"] });
  const other = own("homeZone", "Europe/Prague");
  given(...runningOwn)
    .when(draft(other))
    .thenRecords({ type: "campaign-drafted", data: { version: 2, definition: readCampaign(other) } });
  expect(given(drafted(spring), approved("spring")).when(draft(own("timezone"))).decision.ok).toBe(true);
});

test("KPIs are added to campaigns that were approved once, also to finished ones; each code stands for one", () => {
  const revenue = readKpi("revenue");
  const added = { type: "campaign-kpi-added", data: { kpi: revenue } };
  given(drafted(spring)).when(addKpi("spring", revenue)).thenRefuses("wrongStatus");
  given(drafted(spring), finished("spring")).when(addKpi("spring", revenue)).thenRefuses("wrongStatus");
  given(drafted(spring), approved("spring")).when(addKpi("spring", revenue)).thenRecords(added);
  given(...running, finished("spring"))
    .when(addKpi("spring", revenue))
    .thenRecords(added);
  given(...running, kpiAdded("spring", revenue))
    .when(addKpi("spring", revenue))
    .thenChangesNothing();
  given(...running, kpiAdded("spring", revenue))
    .when(addKpi("spring", readKpi("revenue", "Other")))
    .thenFaults("kpi.code repeated");
  given(...running)
    .when(addKpi("spring", readKpi("bought")))
    .thenFaults("kpi.code repeated");
  const next = { ...spring, kpis: [...spring.kpis, { ...spring.kpis[0]!, code: "revenue" }] };
  given(...running, drafted(next, 2))
    .when(addKpi("spring", revenue))
    .thenFaults("kpi.code repeated");
  given(...running, kpiAdded("spring", revenue))
    .when(draft(next))
    .thenFaults("kpis[1].code repeated");
});

test("policy, offers and segments have to be published, and what may have been meant is named", () => {
  const named = { ...spring, policy: "retial", offers: ["gold", "loan"], breakdown: ["rich"] };
  const message = given(
    policyPublished(policy({ id: "retail" })),
    offerPublished(offer({ id: "gold" })),
    offerPublished(offer({ id: "loan" })),
    offerRetired("loan"),
  )
    .when(draft(named))
    .thenFaults("breakdown[0] unknown-segment", "policy unknown-policy", "offers[1] retired-offer");
  expect(message).toContain("did you mean retail?");
});

test("arms are not dealt from the salt of the policy's holdout, and offers are valued in one currency", () => {
  const withHoldout = policy({ id: "retail", holdout: { salt: "spring", percent: 5 } });
  given(policyPublished(withHoldout))
    .when(draft({ ...spring, policy: "retail" }))
    .thenFaults("assignment.salt same-salt");
  given(
    offerPublished(offer({ id: "gold" })),
    offerPublished(offer({ id: "loan", value: { amount: 5, currency: "EUR" } })),
  )
    .when(draft({ ...spring, offers: ["gold", "loan"] }))
    .thenFaults("offers[1] currency-mismatch");
});

test("a campaign is approved only as long as it makes sense", () => {
  const rich = { ...spring, audience: { tag: { code: "spend", atLeast: "12.30" } } };
  const tag: typeof findKnownTag = code => {
    const found = findKnownTag(code);
    if (code !== "spend" || found.kind !== "usable") return found;
    return { ...found, definition: { ...found.definition, type: { kind: "money", currency: "EUR" } } };
  };
  given(drafted(rich))
    .when(approve("spring", 1, person("bo"), { ...surroundings, tag }))
    .thenFaults("audience.tag.code type-changed");
});

test("so many campaigns can be under way at once", () => {
  const all = Array.from({ length: mostUnfinished }, (_, n) => campaign({ id: `c-${n}` }));
  const full = all.flatMap(one => [drafted(one), approved(one.id)]);
  given(...full, drafted(spring))
    .when(approve("spring"))
    .thenRefuses({ kind: "tooMany", subject: "campaign", limit: mostUnfinished });
  expect(given(...full, finished("c-1"), drafted(spring)).when(approve("spring")).decision.ok).toBe(true);
});
