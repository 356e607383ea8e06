import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { fillDecisions, triedPolicy } from "../../../../bench/campaigns/decisionLog.ts";
import { createKeyVault } from "../../../../src/adapters/embedded/createKeyVault.ts";
import { createLeanLog } from "../../../../src/adapters/embedded/log/createLeanLog.ts";
import { createLogReader } from "../../../../src/adapters/embedded/log/createLogReader.ts";
import { createLogWriter } from "../../../../src/adapters/embedded/log/createLogWriter.ts";
import { createCampaignCatalogueReader } from "../../../../src/definitions/campaignCatalogueReader.ts";
import type { CustomerId } from "../../../../src/domain/ids.ts";
import { leanDecision } from "../../../../src/projections/campaigns/replay/leanDecision.ts";
import { leanLogOver } from "../../../../src/projections/campaigns/replay/leanLog.ts";
import { replayPolicy } from "../../../../src/projections/campaigns/replay/replayPolicy.ts";

const whole = (text: string): object => {
  const { gates, ...decision } = leanDecision(text, "0".repeat(26) as CustomerId);
  return { ...decision, gates: typeof gates === "function" ? gates() : gates };
};

test("a decision that is parsed in parts is what it is parsed as a whole, whatever its texts say", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom('],"consent":', ',"gates":[', '\\"],"consent":null', '"', "\\", '[{"gate":"cap"}],"consent":{}'),
  );
  const gate = fc.record({ gate: nasty, channel: fc.option(nasty), verdict: nasty, detail: nasty });
  const decision = fc.record({
    purpose: nasty,
    gates: fc.array(gate, { maxLength: 5 }),
    consent: fc.option(nasty),
    zone: nasty,
  });
  fc.assert(
    fc.property(decision, of => {
      expect(whole(JSON.stringify(of))).toEqual({ ...JSON.parse(JSON.stringify(of)), customerId: "0".repeat(26) });
    }),
  );
  // Other orders and forms of the same object are none that could be parted.
  const reordered = '{"consent":null,"gates":[{"gate":"cap"}],"zone":"x"}';
  expect(whole(reordered)).toEqual({ ...JSON.parse(reordered), customerId: "0".repeat(26) });
});

test("the lean log of a store tells the same events as its reader, and a replay over either finds the same", async () => {
  const home = mkdtempSync(join(tmpdir(), "lean-"));
  const vault = createKeyVault(join(home, "keys.db"), "write");
  const writer = createLogWriter(join(home, "events.db"), vault);
  const [reader, lean] = [createLogReader(join(home, "events.db"), vault), createLeanLog(join(home, "events.db"))];
  onTestFinished(() => {
    for (const one of [reader, lean, writer, vault]) one.close();
    rmSync(home, { recursive: true });
  });
  fillDecisions(writer, 3_000, 100);
  const types = ["campaign-decided", "policy-drafted", "never-heard-of"];
  const kept = ({ position, stream, type, eventId, occurredAt, corrects, data }: (typeof checked)[number]) => ({
    ...{ position, stream, type, eventId, occurredAt, corrects, data: JSON.parse(data) },
  });
  const checked = await leanLogOver(reader).between(types, 0, 2_000);
  expect((await lean.between(types, 0, 2_000)).map(kept)).toEqual(checked.map(kept));
  expect(checked.length).toBe(2_000 - 31);
  const { policies, ...catalogue } = await createCampaignCatalogueReader(reader)();
  const state = [...policies.values()][0]!;
  const versions = [...state.versions, { ...state.versions[0]!, version: 2, definition: triedPolicy }];
  const replayed = (log: typeof lean | ReturnType<typeof leanLogOver>) =>
    replayPolicy(
      {
        ...{ log, answers: null, onProgress: () => {} },
        catalogue: { ...catalogue, policies: new Map([[state.id, { ...state, versions }]]) },
      },
      { policy: state.id, version: 2, campaign: null, from: null, to: null, keep: 10 },
    );
  const found = await replayed(lean);
  expect(found.report).toMatchObject({ decisions: 3_000, unknownCampaign: 0 });
  expect(found.report.differing).toBeGreaterThan(100);
  expect(found).toEqual(await replayed(leanLogOver(reader)));
});
