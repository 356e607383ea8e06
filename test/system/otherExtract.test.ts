import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImportSummary } from "../../src/intake/files/importSummary.ts";
import { askAttributes } from "./support/askAttributes.ts";
import { askBerkaFigures, type BerkaQuestions } from "./support/askBerkaFigures.ts";
import { askCrmFigures } from "./support/askCrmFigures.ts";
import { askReach } from "./support/askReach.ts";
import { askRelationships } from "./support/askRelationships.ts";
import type { BerkaFigures, PublishedBerka } from "./support/berkaFigures.ts";
import { type BerkaTables, berkaFiguresOfRows, readBerkaTables } from "./support/berkaFiguresOfRows.ts";
import type { CrmFigures } from "./support/crmFigures.ts";
import { type CrmTables, crmFiguresOfRows, readCrmTables } from "./support/crmFiguresOfRows.ts";
import { otherBerka, otherCrm, writeOtherExtract } from "./support/otherExtract.ts";
import { describeOnData, publicData, publishedFigures } from "./support/publicData.ts";
import { type RunningBank, startBank } from "./support/runningBank.ts";
import { tiesOfRows } from "./support/tiesOfRows.ts";

describeOnData(["berka", "crm-complaints"], "another extract of the same systems", () => {
  const published = publishedFigures<PublishedBerka>("berka");
  const real = { berka: readBerkaTables(publicData("berka")), crm: readCrmTables(publicData("crm-complaints")) };
  const months = Object.keys(published.by_month);
  const days = ["1993-06-30", "1993-12-31", "1994-01-31", "1994-03-30"];
  const askingFor = (accounts: readonly string[]): BerkaQuestions => ({
    asOf: published.as_of,
    months,
    examples: Object.fromEntries(accounts.map(id => [id, days])),
  });

  test("figures computed from the rows of the published extracts are the published ones", () => {
    const { n, ids } = published.accounts_ever_negative;
    const figures = berkaFiguresOfRows(real.berka, askingFor(Object.keys(published.balance_examples)));
    expect({ ...published, accounts_ever_negative: { n, ids: ids.map(String).sort() } }).toMatchObject(figures);
    expect(publishedFigures<CrmFigures>("crm-complaints")).toMatchObject(crmFiguresOfRows(real.crm));
  });

  describe("imported with the same mapping files and asked through GraphQL", () => {
    const folder = mkdtempSync(join(tmpdir(), "c360-extract-"));
    let bank: RunningBank;
    let tables: { readonly berka: BerkaTables; readonly crm: CrmTables };
    let summaries: readonly ImportSummary[];

    beforeAll(async () => {
      const berka = otherBerka(real.berka);
      tables = { berka, crm: otherCrm(real.crm, berka) };
      bank = await startBank();
      summaries = [
        await bank.importExtract("berka", [writeOtherExtract(join(folder, "berka"), { ...berka })]),
        await bank.importExtract("eagle-crm", [writeOtherExtract(join(folder, "crm"), { ...tables.crm })]),
      ];
    });
    afterAll(async () => {
      await bank?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const rowsOf = (all: Readonly<Record<string, readonly object[]>>) =>
      Object.values(all).reduce((sum, rows) => sum + rows.length, 0);

    test("no row is refused, none is lost", async () => {
      expect(summaries.map(({ accepted, quarantined, stopped }) => ({ accepted, quarantined, stopped }))).toEqual([
        { accepted: rowsOf({ ...tables.berka }), quarantined: 0, stopped: null },
        { accepted: rowsOf({ ...tables.crm }), quarantined: 0, stopped: null },
      ]);
      expect((await askReach(bank.ask)).refused).toBe(0);
    });

    test("every figure of the core system is the one of its rows", async () => {
      const questions = askingFor(tables.berka.account.slice(0, 12).map(row => row.account_id!));
      const expected = berkaFiguresOfRows(tables.berka, questions);
      const known = await askReach(bank.ask);
      const asked: BerkaFigures = await askBerkaFigures(bank.ask, questions);
      expect(asked).toEqual({ ...expected, rows: { ...expected.rows, client: known.customers } });
      expect(
        Object.values(expected.balance_examples)
          .flatMap(Object.values)
          .some(balance => balance !== null),
      ).toBe(true);
    });

    test("every relationship is there from each of its ends", async () => {
      const { outgoing, incoming, parties } = await askRelationships(bank.ask);
      expect(outgoing).toEqual(tiesOfRows(tables.berka.disp));
      expect(parties).toEqual(outgoing);
      expect(incoming).toEqual(outgoing.filter(({ to }) => to !== null));
    });

    test("every figure of the CRM is the one of its rows", async () => {
      expect(await askCrmFigures(bank.ask)).toEqual(crmFiguresOfRows(tables.crm));
    });

    test("customers are those of the rows, registered where the core system knows them", async () => {
      const registered = new Set(tables.berka.client.map(row => row.client_id!));
      const all = new Set([
        ...registered,
        ...Object.values(tables.crm).flatMap(rows => rows.map(row => row.client_id!)),
      ]);
      all.delete("");
      const customers = await askAttributes(bank.ask, "berka");
      expect(customers.map(({ clientId }) => clientId).sort()).toEqual([...all].sort());
      expect(customers.filter(({ registeredAt }) => registeredAt !== null)).toHaveLength(registered.size);
      expect(all.size).toBeGreaterThan(registered.size);
    });

    test("an empty cell is no value, and a file that may be missing leaves only its own values out", async () => {
      const customers = new Map(
        (await askAttributes(bank.ask, "berka")).map(known => [known.clientId, known.attributes]),
      );
      const profiles = new Map(tables.crm.profile.map(row => [row.client_id!, row]));
      for (const { client_id, birth_date, sex } of tables.berka.client) {
        const attributes = customers.get(client_id!)!;
        const profile = profiles.get(client_id!);
        expect(attributes.birthDate?.value ?? "", `birth date of ${client_id}`).toBe(birth_date);
        expect(attributes.email?.value ?? "", `e-mail of ${client_id}`).toBe(profile?.email ?? "");
        expect(attributes.gender?.value[0] ?? "", `gender of ${client_id}`).toBe(
          (profile?.sex ?? sex!).slice(0, 1).toLowerCase(),
        );
        expect(attributes.region).toBeUndefined();
      }
    });
  });
});
