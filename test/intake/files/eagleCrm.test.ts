import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Fact } from "../../../src/intake/fact.ts";
import { dataFolder, type Mapped, mapExtract, ofType, schemaFaults, testOnData } from "./extract.ts";

const folder = dataFolder("crm-complaints");
let mapped: Promise<Mapped> | null = null;
const crm = () => (mapped ??= mapExtract("eagle-crm", [folder]));
const expected = () => JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
const countsBy = (facts: readonly Fact[], key: (fact: Fact) => unknown): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const fact of facts) counts[String(key(fact))] = (counts[String(key(fact))] ?? 0) + 1;
  return counts;
};

testOnData("crm-complaints", "every row becomes a fact of its own that the schemas accept", async () => {
  const { facts, refused, stopped } = await crm();
  const { rows } = expected();
  expect(countsBy(facts, fact => fact.type)).toEqual({
    "customer-attributes-changed": rows.profile,
    "complaint-recorded": rows.complaint,
    "call-recorded": rows.call,
  });
  expect({ refused, stopped, faults: schemaFaults(facts) }).toEqual({ refused: [], stopped: null, faults: [] });
  expect(new Set(facts.map(fact => fact.id)).size).toBe(facts.length);
});

testOnData("crm-complaints", "complaints agree with the published figures", async () => {
  const complaints = ofType((await crm()).facts, "complaint-recorded");
  const figures = expected();
  expect(countsBy(complaints, ({ data }) => data.product)).toEqual(figures.complaint_by_product);
  expect(countsBy(complaints, ({ data }) => data.channel)).toEqual(figures.complaint_by_channel);
  expect(countsBy(complaints, ({ data }) => data.response)).toEqual(figures.complaint_by_response);
  expect(countsBy(complaints, ({ data }) => String(data.receivedOn).slice(0, 4))).toEqual(figures.complaint_by_year);
  expect(complaints.filter(({ data }) => data.timely === false)).toHaveLength(figures.untimely);
  expect(complaints.filter(({ data }) => data.answeredOn! < data.receivedOn!)).toHaveLength(
    figures.sent_before_received,
  );
  expect(new Set(complaints.map(({ subject }) => JSON.stringify(subject))).size).toBe(figures.clients_with_complaint);
});

testOnData("crm-complaints", "a call without a client is nobody's, and every call keeps its times", async () => {
  const calls = ofType((await crm()).facts, "call-recorded");
  const figures = expected().calls;
  expect(countsBy(calls, ({ subject }) => ("customer" in subject ? "with_client" : "without_client"))).toEqual({
    with_client: figures.with_client,
    without_client: figures.without_client,
  });
  expect(calls.filter(({ subject }) => "unattributed" in subject)).toHaveLength(figures.without_client);
  expect(calls.filter(({ data }) => data.complaintId !== undefined)).toHaveLength(figures.linked_to_a_complaint);
  expect(countsBy(calls, ({ data }) => data.outcome)).toEqual(figures.by_outcome);
  expect(calls.reduce((sum, { data }) => sum + Number(data.serviceSeconds), 0)).toBe(figures.service_seconds_total);
  for (const { data } of calls)
    expect(Date.parse(String(data.endedAt)) - Date.parse(String(data.startedAt))).toBe(
      Number(data.serviceSeconds) * 1000,
    );
  const localDays = calls
    .map(({ occurredAt }) => new Date(occurredAt).toLocaleDateString("sv-SE", { timeZone: "America/New_York" }))
    .sort();
  expect([localDays[0], localDays.at(-1)]).toEqual([figures.first, figures.last]);
});

testOnData("crm-complaints", "contact data joins the customers of the core system", async () => {
  const [first] = ofType((await crm()).facts, "customer-attributes-changed");
  expect(first?.subject).toEqual({ customer: { system: "berka", id: "2" } });
  expect(first?.data.attributes).toMatchObject({ firstName: "Noah", gender: "male", state: "NY", districtId: "1" });
});
