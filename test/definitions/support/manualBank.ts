import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createManualTags } from "../../../src/definitions/createManualTags.ts";
import { derivedEventId } from "../../../src/definitions/derivedEventId.ts";
import type { ManualTagCommand } from "../../../src/definitions/manualTags.ts";
import type { Actor } from "../../../src/domain/event.ts";
import type { LogWriter } from "../../../src/domain/eventLog.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import { type Sensitivity, TagCode, type TagDefinition, tagStream } from "../../../src/domain/tag/definition.ts";
import type { TagRule } from "../../../src/domain/tag/rule.ts";
import type { TagCatalogue } from "../../../src/domain/tag/tagCatalogue.ts";
import type { ValueType } from "../../../src/domain/tag/tagValue.ts";
import { createIntake } from "../../../src/intake/createIntake.ts";
import type { Fact } from "../../../src/intake/fact.ts";
import { idSecret } from "../../../src/intake/identify.ts";
import { standards } from "../../../src/intake/standards.ts";
import { customerId, registered, secret, today } from "../../intake/openDoor.ts";
import { shippedCatalogue } from "../../intake/shippedCatalogue.ts";
import { newEvent } from "../../support/newEvent.ts";

export const ada: Actor = { kind: "person", id: "ada" };
export const bo: Actor = { kind: "person", id: "bo" };

const rule: TagRule = { kind: "manual" };
export const definition = (
  code: string,
  type: ValueType,
  more: { readonly sensitivity?: Sensitivity; readonly rule?: TagRule } = {},
): TagDefinition => ({
  code: code as TagCode,
  name: code,
  category: "test",
  owner: "test",
  description: "",
  type,
  sensitivity: "internal",
  rule,
  ...more,
});

/** A bank with customers core/1 to core/n and some published tags. `breakable` may throw in the writer's stead. */
export async function manualBank(
  tags: readonly TagDefinition[],
  { customers = 3, breakable = () => {} }: { readonly customers?: number; readonly breakable?: () => void } = {},
) {
  const { writer, reader, vault } = createMemoryLog();
  const clock = { now: today };
  const now = () => clock.now;
  const intake = createIntake({ writer, reader, catalogue: shippedCatalogue, secret, now });
  const facts = Array.from({ length: customers }, (_, n) => registered(String(n + 1)) as unknown as Fact);
  await intake.submit({ format: "facts", facts }, { source: "core" });
  const drafted = tags.map(({ code }) => ({
    stream: tagStream(code),
    expected: "noStream" as const,
    events: [newEvent({ type: "tag-drafted", eventId: derivedEventId("drafted", code), data: { version: 1 } })],
  }));
  writer.append([{ writes: drafted }], now());

  const record = { position: 1, at: today, actor: ada };
  const catalogue: TagCatalogue = {
    position: 1,
    tags: new Map(
      tags.map(definition => [
        definition.code,
        {
          code: definition.code,
          status: "published" as const,
          versions: [{ version: 1, definition, drafted: record, published: record, ended: null }],
          revision: 0,
          refreshes: [],
        },
      ]),
    ),
  };
  const append: LogWriter["append"] = (requests, at) => {
    breakable();
    return writer.append(requests, at);
  };
  const manual = createManualTags({
    writer: { ...writer, append },
    reader,
    catalogue: async () => catalogue,
    standards,
    secret: idSecret(secret),
    now,
  });
  return {
    clock,
    manual,
    intake,
    reader,
    vault,
    run: (command: ManualTagCommand) => manual.run(command),
    events: (type: string) => reader.read({ types: [type], limit: 10_000 }),
    assignedTo: async (id: string) =>
      (await reader.readStream({ stream: customerStream(customerId(id)), limit: 100 }))
        .filter(({ type }) => type === "tag-assigned")
        .map(({ data }) => data.value),
  };
}

type Of<Kind extends ManualTagCommand["kind"]> = Extract<ManualTagCommand, { kind: Kind }>;
export const assign = (code: string, id: string, value: unknown, more: Partial<Of<"assign">> = {}): Of<"assign"> => ({
  kind: "assign",
  code,
  customer: { system: "core", id },
  value,
  expiresAt: null,
  requestId: null,
  actor: ada,
  ...more,
});
export const propose = (code: string, content: string, more: Partial<Of<"propose">> = {}): Of<"propose"> => ({
  kind: "propose",
  code,
  proposalId: null,
  format: "csv",
  content,
  note: "",
  check: false,
  actor: ada,
  ...more,
});
export const approve = (code: string, proposalId: string, more: Partial<Of<"approve">> = {}): Of<"approve"> => ({
  kind: "approve",
  code,
  proposalId,
  assignments: null,
  note: "",
  actor: bo,
  ...more,
});
