import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportSummary } from "../../src/intake/files/importSummary.ts";
import { answersDigest } from "./support/answersDigest.ts";
import { askAttributes, type KnownCustomer } from "./support/askAttributes.ts";
import { askCrmFigures } from "./support/askCrmFigures.ts";
import { askReach, type Reach } from "./support/askReach.ts";
import type { CrmFigures } from "./support/crmFigures.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { readTable } from "./support/tables.ts";

describeOnData(
  ["berka", "crm-complaints"],
  "the CRM of the same bank, imported after it and asked through GraphQL",
  () => {
    const folder = publicData("crm-complaints");
    const published = publishedFigures<CrmFigures>("crm-complaints");
    let bank: RunningBank;
    let summary: ImportSummary;
    let figures: CrmFigures;
    let before: { readonly reach: Reach; readonly customers: readonly KnownCustomer[] };
    let after: typeof before;
    const look = async () => ({ reach: await askReach(bank.ask), customers: await askAttributes(bank.ask, "berka") });

    beforeAll(async () => {
      bank = await startBank();
      await bank.importExtract("berka", [publicData("berka")]);
      before = await look();
      summary = await bank.importExtract("eagle-crm", [folder]);
      after = await look();
      figures = await askCrmFigures(bank.ask);
    });
    afterAll(() => bank?.close());

    test("every row of every file was accepted and is there as what it became", () => {
      const rows = Object.values(published.rows).reduce((sum, count) => sum + count, 0);
      expect(summary).toMatchObject({ read: rows, accepted: rows, duplicate: 0, quarantined: 0, stopped: null });
      expect(figures.rows).toEqual(published.rows);
    });

    test("complaints have their published counts by product, channel, year and response", () => {
      expect(figures.complaint_by_product).toEqual(published.complaint_by_product);
      expect(figures.complaint_by_channel).toEqual(published.complaint_by_channel);
      expect(figures.complaint_by_year).toEqual(published.complaint_by_year);
      expect(figures.complaint_by_response).toEqual(published.complaint_by_response);
    });

    test("late answers and the customers who complained, and how often, are the published ones", () => {
      expect(figures.untimely).toBe(published.untimely);
      expect(figures.clients_with_complaint).toBe(published.clients_with_complaint);
      expect(figures.max_complaints_of_one_client).toBe(published.max_complaints_of_one_client);
    });

    test("complaints answered before they came in are flagged and kept", () => {
      expect(figures.sent_before_received).toBe(published.sent_before_received);
      expect(summary.byFlag).toEqual({ "answered-before-received": published.sent_before_received });
    });

    test("calls agree with the published figures, and those of nobody known are nobody's", () => {
      expect(figures.calls).toEqual(published.calls);
    });

    test("contact data joins the customers who are there: not one is new", () => {
      expect(before.reach.customers).toBe(2674);
      expect(after.reach).toMatchObject({ customers: before.reach.customers, refused: 0, position: after.reach.head });
      expect(after.customers.map(({ clientId, registeredAt }) => [clientId, registeredAt])).toEqual(
        before.customers.map(({ clientId, registeredAt }) => [clientId, registeredAt]),
      );
    });

    test("what the CRM says of a customer has its value, and names the CRM and the very fact", () => {
      const profiles = new Map(readTable(folder, "profile").map(row => [row.client_id!, row]));
      for (const { clientId, attributes } of after.customers) {
        const { first, middle, last, sex, email, city, state, district_id } = profiles.get(clientId)!;
        const said = {
          firstName: first,
          middleName: middle,
          lastName: last,
          gender: sex!.toLowerCase(),
          email,
          city,
          state,
          districtId: district_id,
        };
        for (const [name, value] of Object.entries(said))
          expect(attributes[name], `${name} of ${clientId}`).toEqual({
            value,
            source: "eagle-crm",
            occurredAt: "2019-12-31T05:00:00.000Z",
            type: "customer-attributes-changed",
            sourceEventId: expect.stringMatching(`^profile/${clientId}/`),
          });
      }
    });

    test("what only the core system says still names the core system", () => {
      const ofCore = ["birthDate", "district", "region"];
      const kept = ({ clientId, attributes }: KnownCustomer) => [clientId, ...ofCore.map(name => attributes[name])];
      expect(after.customers.map(kept)).toEqual(before.customers.map(kept));
      expect(after.customers.every(({ attributes }) => attributes.birthDate?.source === "berka")).toBe(true);
      expect(after.customers.every(({ attributes }) => Object.keys(attributes).length === 11)).toBe(true);
    });

    test("importing the same files again adds nothing and says so", async () => {
      const answers = await answersDigest(bank.ask);
      const again = await bank.importExtract("eagle-crm", [folder]);
      expect(again).toMatchObject({
        read: summary.accepted,
        accepted: 0,
        duplicate: summary.accepted,
        quarantined: 0,
        firstPosition: null,
        lastPosition: null,
        rows: summary.rows,
        stopped: null,
      });
      expect({ reach: await askReach(bank.ask), answers: await answersDigest(bank.ask) }).toEqual({
        reach: after.reach,
        answers,
      });
    });

    test("the read models match a replay of the whole log, and a rebuild answers everything as before", async () => {
      const { head } = after.reach;
      expect(await bank.verify()).toEqual({ state: "DONE", error: null, processed: head, matches: true, findings: [] });
      const [answers, generation] = [await answersDigest(bank.ask), bank.generation()];
      expect(await bank.rebuild()).toEqual({ state: "DONE", error: null, processed: head });
      expect(bank.generation()).toBeGreaterThan(generation!);
      expect(await answersDigest(bank.ask)).toBe(answers);
      expect(await askCrmFigures(bank.ask)).toEqual(figures);
    });
  },
);
