import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createMemoryKeyVault } from "../../../src/adapters/memory/createMemoryKeyVault.ts";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createIntake } from "../../../src/intake/createIntake.ts";
import type { Intake } from "../../../src/intake/fact.ts";
import { type ImportProgress, importFacts } from "../../../src/intake/files/importFacts.ts";
import type { ImportSummary } from "../../../src/intake/files/importSummary.ts";
import { planImport } from "../../../src/intake/files/planImport.ts";
import { planCloudEvents, readCloudEvents } from "../../../src/intake/files/readCloudEvents.ts";
import { readFacts } from "../../../src/intake/files/readFacts.ts";
import { readMapping } from "../../../src/intake/files/readMapping.ts";
import { loadCatalogue } from "../../../src/intake/loadCatalogue.ts";
import { tempFolder } from "../../support/tempFolder.ts";
import { dataFolder, testOnData, writeExtract } from "./extract.ts";

function door() {
  const catalogue = loadCatalogue("schema/facts");
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.refusal));
  const { writer, reader } = createMemoryLog({ logId: "test", vault: createMemoryKeyVault() });
  const parts = {
    writer,
    reader,
    catalogue: catalogue.value,
    secret: randomBytes(32),
    now: () => Date.UTC(2026, 0, 1),
  };
  return { intake: createIntake(parts), writer, reader };
}

async function importExtract(
  name: string,
  folder: string,
  intake: Intake,
  options: {
    batchSize?: number;
    inFlight?: number;
    onProgress?: (progress: ImportProgress) => void;
    signal?: AbortSignal;
  } = {},
): Promise<ImportSummary> {
  const mapping = await readMapping(`mappings/${name}.yaml`);
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.refusal));
  const plan = await planImport(mapping.value, [folder]);
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  return importFacts(readFacts(plan.value, options.batchSize), intake, { ...options, source: plan.value.source });
}

const berka = {
  "client.csv": "client_id,birth_date,sex,district_id\n1,1970-12-13,F,18\n2,1945-02-04,M,1\n3,1940-10-09,F,99\n",
  "account.csv": "account_id,district_id,frequency,date\n11,18,POPLATEK MESICNE,1995-03-24\n",
  "disp.csv": "disp_id,client_id,account_id,type\n1,1,11,OWNER\n2,2,11,DISPONENT\n3,3,11,DISPONENT\n",
  "card.csv": "card_id,disp_id,type,issued\n5,1,gold,1998-10-16\n",
  "loan.csv": "loan_id,account_id,date,amount,duration,payments,status\n7,11,1996-01-01,96396,12,8033.0,E\n",
  "order.csv": "order_id,account_id,bank_to,account_to,amount,k_symbol\n9,11,,,2452, \n",
  "trans.csv":
    "trans_id,account_id,date,day_seq,type,operation,amount,balance,k_symbol,bank,account\n" +
    "1,11,1995-03-24,1,PRIJEM,VKLAD,1000,1000,,,\n" +
    "2,11,1995-04-01,1,VYDAJ,VYBER,1x,900,,,\n" +
    "3,11,1995-04-02,,VYDAJ,VYBER,100.5,,,,0\n" +
    "4,99,1995-04-02,1,VYDAJ,VYBER,100.5,,,,\n" +
    "5,11,1995-04-03,1,JINY,VYBER,100.5,,,,\n",
};

describe("an import", () => {
  test("takes in another extract of the system, keeps what it cannot read, and says so", async () => {
    const { intake } = door();
    const folder = writeExtract(tempFolder(), berka);
    const summary = await importExtract("berka", folder, intake, { batchSize: 3, inFlight: 2 });
    expect(summary).toMatchObject({
      read: 15,
      accepted: 12,
      duplicate: 0,
      quarantined: 3,
      stopped: null,
      interrupted: false,
      rows: {
        "client.csv": 3,
        "account.csv": 1,
        "disp.csv": 3,
        "card.csv": 1,
        "loan.csv": 1,
        "order.csv": 1,
        "trans.csv": 5,
      },
    });
    expect(summary.byType["transaction-posted"]).toMatchObject({ accepted: 2, quarantined: 3 });
    expect(summary.faults.map(({ code, field, count }) => `${field} ${code} ${count}`)).toEqual(
      expect.arrayContaining(["data.amount bad-number 1", "data.direction unknown-code 1"]),
    );
  });

  test("done again adds nothing and says so", async () => {
    const { intake, writer } = door();
    const folder = writeExtract(tempFolder(), berka);
    await importExtract("berka", folder, intake);
    const head = writer.head();
    const again = await importExtract("berka", folder, intake);
    expect(again).toMatchObject({
      accepted: 0,
      duplicate: 12,
      quarantined: 3,
      firstPosition: null,
      lastPosition: null,
    });
    expect(writer.head()).toBe(head);
  });

  test("keeps a refused row whole in the log", async () => {
    const { intake, reader } = door();
    await importExtract("berka", writeExtract(tempFolder(), berka), intake);
    const kept = await reader.read({ after: 0, limit: 100, types: ["fact-quarantined"] });
    const row = kept.map(event => event.data.raw as { line?: number; cells?: object }).find(({ line }) => line === 3);
    expect(row).toMatchObject({ file: "trans.csv", cells: { trans_id: "2", amount: "1x", balance: "900" } });
  });

  test("ends after what is in flight when it is told to", async () => {
    const { intake } = door();
    const stop = new AbortController();
    const summary = await importExtract("berka", writeExtract(tempFolder(), berka), intake, {
      batchSize: 1,
      inFlight: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(summary).toMatchObject({ interrupted: true, read: 1 });
  });

  test("hands on the door's failure once nothing is in flight", async () => {
    const { intake } = door();
    const unanswered = new Set<number>();
    let batches = 0;
    const failing: Intake = {
      ...intake,
      submit: async (batch, context) => {
        const number = ++batches;
        unanswered.add(number);
        try {
          if (number === 2) throw new Error("disk full");
          return await intake.submit(batch, context);
        } finally {
          unanswered.delete(number);
        }
      },
    };
    const folder = writeExtract(tempFolder(), berka);
    await expect(importExtract("berka", folder, failing, { batchSize: 1, inFlight: 3 })).rejects.toThrow("disk full");
    expect(unanswered.size).toBe(0);
  });

  test("tells its progress in bytes of the files", async () => {
    const { intake } = door();
    const seen: ImportProgress[] = [];
    const folder = writeExtract(tempFolder(), berka);
    await importExtract("berka", folder, intake, { onProgress: progress => seen.push(progress) });
    const total = Object.values(berka).reduce((sum, text) => sum + text.length, 0);
    expect(seen.at(-1)).toMatchObject({ file: "trans.csv", bytesRead: total, bytesTotal: total });
    expect(seen.every(({ bytesRead }, index) => bytesRead >= (seen[index - 1]?.bytesRead ?? 0))).toBe(true);
  });
});

describe("a file of CloudEvents", () => {
  const event = (id: string) => ({
    specversion: "1.0",
    id,
    source: "shop",
    type: "preference-set",
    time: "2020-01-01T00:00:00Z",
    subject: "customer:shop/7",
    datacontenttype: "application/json",
    data: { name: "colour", value: "blue" },
  });

  test("is read line by line, blank lines aside, and a line that is no JSON is kept", async () => {
    const { intake, reader } = door();
    const text = `${JSON.stringify(event("a"))}\n\nnot json\r\n${JSON.stringify(event("b"))}`;
    const folder = writeExtract(tempFolder(), { "facts.ndjson.gz": gzipSync(text), "other.csv": "x\n" });
    const plan = await planCloudEvents([folder]);
    if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
    const summary = await importFacts(readCloudEvents(plan.value), intake, { source: "shop" });
    expect(summary).toMatchObject({ read: 3, rows: { "facts.ndjson": 3 }, stopped: null });
    expect(summary.faults).toMatchObject(expect.arrayContaining([expect.objectContaining({ code: "not-json" })]));
    const kept = await reader.read({ after: 0, limit: 10, types: ["fact-quarantined"] });
    expect(kept.map(({ data }) => data.raw)).toContain("not json\r");
  });

  test("that is cut off gives what it holds and says where it ends", async () => {
    const text = Array.from({ length: 5000 }, (_, n) => `${JSON.stringify(event(`${n * 7919}`))}\n`).join("");
    const whole = gzipSync(text);
    const folder = writeExtract(tempFolder(), { "facts.ndjson.gz": whole.subarray(0, whole.length - 500) });
    const plan = await planCloudEvents([folder]);
    if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
    const steps = [];
    for await (const step of readCloudEvents(plan.value)) steps.push(step);
    expect(steps.at(-1)).toMatchObject({ kind: "stopped", refusal: { code: "GZIP_BROKEN" } });
    expect(steps.length).toBeGreaterThan(2);
  });

  test("is missed by name where a folder holds none", async () => {
    expect(await planCloudEvents([tempFolder()])).toMatchObject({ ok: false, refusal: [{ code: "FILE_MISSING" }] });
  });
});

testOnData(
  "crm-complaints",
  "all of Berka and its CRM goes through the door, complaints answered too early flagged",
  async () => {
    const { intake } = door();
    const bank = await importExtract("berka", dataFolder("berka"), intake);
    const crm = await importExtract("eagle-crm", dataFolder("crm-complaints"), intake);
    const { sent_before_received } = JSON.parse(
      readFileSync(join(dataFolder("crm-complaints"), "expected.json"), "utf8"),
    );
    expect(bank).toMatchObject({ read: 34471, accepted: 34471, quarantined: 0 });
    expect(crm).toMatchObject({ read: 16994, accepted: 16994, quarantined: 0, flagged: sent_before_received });
  },
);
