import { expect, test } from "vitest";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import { enrolmentOf } from "../../../../src/domain/effect/enrolmentTag.ts";
import { subjectCode } from "../../../../src/domain/segment/conditions.ts";
import { createEngine } from "../../../../src/projections/engine.ts";
import { createColumns } from "../../../../src/projections/segments/columns/createColumns.ts";
import { catchUpColumns } from "../../../../src/projections/segments/stage/catchUpColumns.ts";
import { loadColumns } from "../../../../src/projections/segments/stage/loadColumns.ts";
import { hasColumn } from "../../../../src/projections/segments/stage/slotColumns.ts";
import { createTagStage } from "../../../../src/projections/tags/stage/tagStage.ts";
import { ada, appendAll } from "../../support/facts.ts";
import { pacing } from "../../tags/stage/support/tagBench.ts";
import { springLoans } from "./support/springLoans.ts";

test("enrolments are kept of every customer, but in no column", async () => {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  const { store } = createMemoryReadModels();
  const tag = enrolmentOf(springLoans());
  const stage = createTagStage({ tables: store.tags, now: () => 0, conditions: () => [tag] });
  const engine = createEngine({ ...pacing, log: reader, store, stage });
  const data = { campaignId: "spring-loans", arm: "a" };
  appendAll(writer, [{ stream: ada, name: "1", type: "campaign-assigned", occurredAt: 0, data }], 1000);
  await engine.drain();
  expect(store.tags.slots().slots.map(({ code }) => code)).toEqual([tag.code]);
  expect(store.tags.tagRowsAfter(-1, 10)).toHaveLength(1);
  const columns = createColumns();
  loadColumns(columns, store.tags);
  catchUpColumns(columns, store.tags, [0]);
  expect([...columns.codes()]).toEqual([]);
  expect(columns.rows()).toBe(1);
  const asked = subjectCode({
    kind: "attribute",
    source: { kind: "registeredAt" },
    type: { kind: "date", zone: "UTC" },
  });
  expect(hasColumn({ code: asked })).toBe(true);
});
