import { expect, test } from "vitest";
import { openProduct } from "../../src/compose.ts";
import { formatInstant } from "../../src/domain/instant.ts";
import { TagCode } from "../../src/domain/tag/definition.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { storeConfig } from "./crashSupport/storeConfig.ts";

const actor = { kind: "person", id: "ada" } as const;
const code = TagCode.parse("logins") as TagCode;
const logins = (rolling: string) => ({
  ...{ code: "logins", name: "Logins", category: "behaviour", owner: "insight", description: "Logins of late." },
  ...{ type: { number: { decimals: 0 } }, sensitivity: "internal" },
  rule: { statistic: { measure: { count: true }, facts: { types: ["behaviour-observed"], window: { rolling } } } },
});

test("a value expires at its millisecond with no event but one tick, and no tick comes while nothing is due", async () => {
  const folder = tempFolder();
  const product = await openProduct(storeConfig(folder), "a test of the clock");
  const { intake, readModels, definitions, log } = product.backend;
  try {
    const seen = async () => {
      const session = readModels.open();
      const id = await session.customerOfIdentity("crm", "7");
      const [tags] = id === null ? [null] : await session.tagsOf([id]);
      session.release();
      return tags?.get(code) ?? null;
    };
    const drafted = await definitions.draft(logins("PT2S"), actor);
    expect(drafted).toMatchObject({ ok: true });
    expect(await definitions.publish("logins", 1, actor)).toMatchObject({ ok: true });
    const occurredAt = Date.now();
    const [outcome] = await intake.submit({ format: "facts", facts: [login(occurredAt)] }, { source: "app" });
    expect(outcome).toMatchObject({ kind: "accepted" });
    await expect.poll(seen, { timeout: 10_000 }).toEqual({ value: 1, validUntil: occurredAt + 2000 });
    const before = product.head();

    await expect.poll(seen, { timeout: 20_000 }).toEqual({ value: 0, validUntil: null });
    const [tick, ...more] = await log.read({ after: before, limit: 10 });
    expect(more).toEqual([]);
    expect(tick).toMatchObject({ stream: "clock", type: "clock-ticked", occurredAt: occurredAt + 2000 });
    expect(tick?.recordedAt).toBeGreaterThanOrEqual(occurredAt + 2000);
    expect(tick?.actor).toEqual({ kind: "system", id: "clock" });
  } finally {
    await product.close();
  }
});

const login = (occurredAt: number): Fact => ({
  ...{ id: "login-1", source: "app", type: "behaviour-observed", occurredAt: formatInstant(occurredAt) },
  ...{ subject: { customer: { system: "crm", id: "7" } }, data: { name: "login" } },
});
