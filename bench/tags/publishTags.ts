import { setTimeout as wait } from "node:timers/promises";
import type { Product } from "../../src/compose.ts";
import { printDefinition } from "../../src/domain/tag/print/printDefinition.ts";
import { standards } from "../../src/intake/standards.ts";
import { bankTags } from "./definitions.ts";

/** Publishes all tags through the product's own door, and waits until each has its values. */
export async function publishTags({ backend: { definitions, readModels }, head }: Product): Promise<void> {
  const actor = { kind: "service", id: "bench" } as const;
  for (const definition of bankTags()) {
    const drafted = await definitions.draft(printDefinition(definition, standards), actor);
    const published = drafted.ok ? await definitions.publish(definition.code, drafted.value.version, actor) : drafted;
    if (!published.ok) throw new Error(`${definition.code}: ${JSON.stringify(published.refusal)}`);
  }
  await readModels.waitFor(head(), 600_000);
  for (;;) {
    const session = readModels.open();
    const fills = await session.tagFills();
    session.release();
    if (fills.every(fill => fill.filled)) return;
    await wait(100);
  }
}
