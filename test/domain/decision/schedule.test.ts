import { expect, test } from "vitest";
import type { DecisionInputs } from "../../../src/domain/decision/decide.ts";
import type { Schedule } from "../../../src/domain/decision/schedule.ts";
import {
  campaign,
  control,
  decided,
  hour,
  passage,
  policy,
  quietHours,
  treatment,
  under,
} from "./support/givenDecision.ts";

const nine = Date.UTC(2024, 5, 3, 9);
const wave = nine - 14 * hour;
const unasked = (): never => {
  throw new Error("asked too early");
};
const comes = (zone: string | null, given: Partial<DecisionInputs> = {}, of: Partial<Schedule> = {}) =>
  decided({
    ...{ cause: { kind: "wave", at: wave }, at: wave },
    schedule: { localTime: nine, zone, made: () => false, ...of },
    ...given,
  });
const said = ({ gates }: ReturnType<typeof comes>) => gates.find(({ gate }) => gate === "schedule")?.detail;

test("whom the local time has not reached is held until exactly then, assigned already and asked for nothing more", () => {
  const none = { audience: unasked, offers: unasked, contacts: unasked };
  const held = comes("Europe/Prague", { ...none, policy: under(policy({ caps: [] })) }, { made: unasked });
  expect(held).toMatchObject({
    ...{ outcome: "defer", reason: "schedule", until: Date.UTC(2024, 5, 3, 7) },
    ...{ arm: "treatment", variant: "only", channel: "email", offerId: null },
    schedule: { localTime: "2024-06-03T09:00:00.000", zone: "Europe/Prague" },
  });
  expect(passage(held)).toEqual(["assignment:pass", "schedule:hold"]);
  expect(said(held)).toBe(
    "2024-06-02 21:00 in Europe/Prague, comes at 2024-06-03 09:00, which is 2024-06-03T07:00:00.000Z",
  );
});

test("it is sent from the very instant on", () => {
  const prague = Date.UTC(2024, 5, 3, 7);
  expect(comes("Europe/Prague", { at: prague - 1 })).toMatchObject({ outcome: "defer", until: prague });
  const sent = comes("Europe/Prague", { at: prague });
  expect(sent).toMatchObject({ outcome: "send", reason: null, until: null });
  expect(passage(sent)).toEqual(["assignment:pass", "schedule:pass", "consent:email:pass"]);
  expect(said(sent)).toBe("2024-06-03 09:00 in Europe/Prague, comes at 2024-06-03 09:00");
  expect(comes("Pacific/Kiritimati")).toMatchObject({ outcome: "send" });
});

test("a time that comes twice has come for good the first time, a skipped one with the end of the gap", () => {
  const twice = Date.UTC(2024, 9, 27, 2, 30);
  const at = (utc: string, localTime: number) => comes("Europe/Prague", { at: Date.parse(utc) }, { localTime });
  expect(at("2024-10-27T00:29:59.999Z", twice)).toMatchObject({
    ...{ outcome: "defer", until: Date.parse("2024-10-27T00:30Z") },
  });
  // The clock shows 02:10 again.
  expect(at("2024-10-27T01:10Z", twice)).toMatchObject({ outcome: "send" });
  const skipped = Date.UTC(2024, 2, 31, 2, 30);
  expect(at("2024-03-31T00:59Z", skipped)).toMatchObject({ until: Date.parse("2024-03-31T01:00Z") });
  expect(at("2024-03-31T01:00Z", skipped)).toMatchObject({ outcome: "send" });
});

test("where nobody can tell where the customer is, nothing is sent", () => {
  for (const zone of [null, "Europe/Atlantis"]) {
    const skipped = comes(zone);
    expect(skipped).toMatchObject({ outcome: "skip", reason: "schedule", arm: "treatment", until: null });
    expect(passage(skipped)).toEqual(["assignment:pass", "schedule:unknown"]);
    expect(said(skipped)).toBe("comes at 2024-06-03 09:00, but the customer's time zone is unknown");
  }
});

test("a wave's contact is made once, though two whom it held are one customer by now", () => {
  const again = comes("Pacific/Kiritimati", {}, { made: () => true });
  expect(again).toMatchObject({ outcome: "skip", reason: "schedule" });
  expect(passage(again)).toEqual(["assignment:pass", "schedule:stop"]);
  expect(said(again)).toContain("and the contact was made already");
});

test("whom no arm, the control, suppression or the holdout stops is not held", () => {
  const dealt = (...of: ReturnType<typeof treatment>[]) =>
    campaign({ assignment: { version: 1, salt: "s", arms: of } });
  expect(comes("Europe/Prague", { definition: dealt(control(10_000)) })).toMatchObject({ reason: "control" });
  expect(comes("Europe/Prague", { definition: dealt(treatment(0)) })).toMatchObject({ reason: "assignment" });
  const kept = under(policy({ holdout: { salt: "h", share: 10_000 } }));
  // Where it would have come stays on record, for other policies.
  expect(comes("Europe/Prague", { policy: kept })).toMatchObject({
    ...{ reason: "holdout", schedule: { zone: "Europe/Prague" } },
  });
});

test("quiet hours hold what comes within them, in their own zone; an exempt purpose is held by the schedule all the same", () => {
  const quiet = policy({ quietHours: quietHours(8 * 60, 10 * 60, { zone: "Europe/Prague" }) });
  const at = Date.UTC(2024, 5, 3, 7);
  expect(comes("Europe/Prague", { at, policy: under(quiet) })).toMatchObject({
    ...{ outcome: "defer", reason: "quietHours", until: Date.UTC(2024, 5, 3, 8), zone: "Europe/Prague" },
  });
  const exempt = under({ ...quiet, exempt: ["marketing"] });
  expect(comes("Europe/Prague", { at, policy: exempt })).toMatchObject({ outcome: "send" });
  expect(comes("Europe/Prague", { at: at - 1, policy: exempt })).toMatchObject({ reason: "schedule", until: at });
});

test("of all other decisions nothing is said of a schedule", () => {
  expect("schedule" in decided()).toBe(false);
});
