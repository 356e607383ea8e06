import { type ExecutionResult, type GraphQLSchema, graphql } from "graphql";
import { createMemoryLog } from "../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../src/adapters/memory/createMemoryReadModels.ts";
import { createReceiptDoor } from "../../../src/campaigns/receipts.ts";
import { createDefinitionDoors } from "../../../src/definitions/createDefinitionDoors.ts";
import { createManualTags } from "../../../src/definitions/createManualTags.ts";
import type { RecordedEvent } from "../../../src/domain/event.ts";
import { customerStream } from "../../../src/domain/ids.ts";
import { createEffectWatch } from "../../../src/graphql/campaign/effects/effectWatch.ts";
import { createCommitWatch } from "../../../src/graphql/campaign/feed/commitWatch.ts";
import { type Backend, createRequestContext } from "../../../src/graphql/context.ts";
import { buildGraphQLSchema } from "../../../src/graphql/schema.ts";
import { createFeedWatch } from "../../../src/graphql/segment/feed/feedWatch.ts";
import { createIntake } from "../../../src/intake/createIntake.ts";
import type { Fact, FactOutcome } from "../../../src/intake/fact.ts";
import { createFactFields } from "../../../src/intake/factFields.ts";
import { eventIdOf, idSecret } from "../../../src/intake/identify.ts";
import { readIdentityPolicy } from "../../../src/intake/identityPolicyFile.ts";
import { loadCatalogue } from "../../../src/intake/loadCatalogue.ts";
import { oneAtATime } from "../../../src/intake/oneAtATime.ts";
import { standards } from "../../../src/intake/standards.ts";
import { createUpcaster } from "../../../src/intake/upcaster.ts";
import { pendingEventsIn } from "../../../src/projections/campaigns/pendingRows.ts";
import { leanLogOver } from "../../../src/projections/campaigns/replay/leanLog.ts";
import type { PolicyReplayed, PolicyTrial } from "../../../src/projections/campaigns/replay/replayPolicy.ts";
import { createCampaignStage } from "../../../src/projections/campaigns/stage/campaignStage.ts";
import { createEngine } from "../../../src/projections/engine.ts";
import { leftSealed } from "../../../src/projections/logPages.ts";
import type { Operations, PolicyReplayStatus } from "../../../src/projections/operations.ts";
import { createColumns } from "../../../src/projections/segments/columns/createColumns.ts";
import { openColumns } from "../../../src/projections/segments/columns/openColumns.ts";
import { createPreview } from "../../../src/projections/segments/preview/createPreview.ts";
import { compileTags } from "../../../src/projections/tags/evaluation/tagProgram.ts";
import { createTagLibrary } from "../../../src/projections/tags/tagLibrary.ts";
import { policyReplayOver } from "../../../src/threads/policyReplayOver.ts";

/** The latest instant anything here may know of. */
export const today = Date.UTC(2026, 5, 1);

export const schema: GraphQLSchema = buildGraphQLSchema();
const catalogue = catalogueOf("schema/facts");
const policy = readIdentityPolicy("schema/identity.json");

/** A whole bank in memory: the real door, log, engine and read models behind the real schema. */
export function testBank(
  given: Partial<Backend> = {},
  mend: (event: RecordedEvent) => RecordedEvent = event => event,
  /** Time as the log's writer tells it. */
  now: () => number = () => today,
) {
  const { writer, reader, vault } = createMemoryLog({ logId: "test-log" });
  const { store, readModels } = createMemoryReadModels();
  const upcast = createUpcaster(catalogue);
  const columns = createColumns();
  const stage = createCampaignStage({
    ...{ tables: store.tags, segments: store.segments, campaigns: store.campaigns, columns },
    ...{ newEpoch: () => "epoch-1", decideAfter: 0 },
  });
  const engine = createEngine({
    ...{ log: reader, store, stage, matching: policy.matching },
    upcast: event => mend(upcast(event)),
  });
  const intake = createIntake({ writer, reader, catalogue, secret: vault.secret("identities"), now, policy });
  const doors = createDefinitionDoors({
    log: reader,
    append: async requests => writer.append(requests, now()),
    ...{ fields: createFactFields(catalogue, leftSealed), standards, now },
  });
  const { definitions } = doors;
  const asked = openColumns(columns.shared());
  const manualTags = createManualTags({
    writer,
    reader,
    catalogue: definitions.catalogue,
    standards,
    secret: idSecret(vault.secret("identities")),
    now,
  });
  const backend: Backend = {
    logId: "test-log",
    log: reader,
    readModels,
    intake,
    receipts: createReceiptDoor({
      ...{ log: reader, intake, now, inTurn: oneAtATime() },
      eventIdOf: (source, id) => eventIdOf(idSecret(vault.secret("identities")), source, id),
    }),
    catalogue,
    upcast,
    operations: operationsOver(engine, trial =>
      policyReplayOver(
        { models: readModels, log: reader, lean: leanLogOver(reader), upcast, onProgress: () => {} },
        trial,
      ),
    ),
    ...doors,
    manualTags,
    preview: createPreview({
      columns: () => asked,
      contents: store.contents,
      ...{ log: reader, upcast, now, timeoutMs: 10_000 },
    }),
    tags: createTagLibrary({ log: reader, catalogue: definitions.catalogue, compile: compileTags }),
    segmentFeeds: createFeedWatch(readModels),
    effectUpdates: createEffectWatch(readModels),
    commits: createCommitWatch(readModels),
    now,
    minPositionTimeoutMs: 20,
    ...given,
  };

  return {
    backend,
    engine,
    store,
    /** Brings what was decided into the log, as the courier does, until nothing more is on its way. */
    deliver: async (): Promise<void> => {
      for (;;) {
        await engine.drain();
        const rows = store.campaigns.campaignRows("pending", { limit: 1_000 });
        if (rows.length === 0) return;
        const events = rows.flatMap(pendingEventsIn);
        writer.append(
          events.map(({ stream, event }) => ({ writes: [{ stream, expected: "any", events: [event] }] })),
          now(),
        );
      }
    },
    /** Records facts and waits until the read models reflect them. */
    record: async (...facts: readonly Fact[]): Promise<FactOutcome[]> => {
      const outcomes = await intake.submit({ format: "facts", facts }, { source: "core" });
      await engine.drain();
      return outcomes;
    },
    query: async (source: string, variableValues: Record<string, unknown> = {}) => {
      const context = createRequestContext(backend);
      try {
        const result = await graphql({ schema, source, variableValues, contextValue: context });
        return { ...plain(result), position: context.reflectedPosition() };
      } finally {
        context.release();
      }
    },
  };
}
export type TestBank = ReturnType<typeof testBank>;

function catalogueOf(folder: string) {
  const loaded = loadCatalogue(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  return loaded.value;
}

function operationsOver(
  engine: ReturnType<typeof createEngine>,
  replayed: (trial: PolicyTrial) => Promise<PolicyReplayed>,
): Operations {
  let policyReplay: PolicyReplayStatus | null = null;
  const idle = { startedAt: today, finishedAt: today, processed: 0, target: 0, error: null };
  return {
    startRebuild: async () => ({ ok: false, refusal: { kind: "alreadyRunning" } }),
    rebuild: () => null,
    startVerification: async () => ({
      ok: true,
      value: { ...idle, state: "running", finishedAt: null, processed: 25, target: 100, matches: null, findings: [] },
    }),
    verification: () => ({ ...idle, state: "done", matches: true, findings: [] }),
    startPolicyReplay: async trial => {
      const begun = { ...idle, state: "running", finishedAt: null, trial, report: null } as const;
      const { position, report } = await replayed(trial);
      policyReplay = { ...begun, state: "done", finishedAt: today, processed: position, target: position, report };
      return { ok: true, value: begun };
    },
    policyReplay: () => policyReplay,
    retryCustomer: async id => {
      const outcome = await engine.retry(customerStream(id));
      return outcome.kind === "recovered" ? { ...outcome, position: engine.checkpoint() } : outcome;
    },
  };
}

/** graphql-js answers with objects without a prototype, which no literal in a test equals. */
type Plain = {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any shape it asked for
  readonly data?: any;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    code: unknown;
    extensions: Record<string, unknown>;
  }[];
};
const plain = ({ data, errors }: ExecutionResult): Plain => ({
  ...(data !== undefined && { data: JSON.parse(JSON.stringify(data)) }),
  ...(errors !== undefined && {
    errors: errors.map(({ message, path, extensions }) => ({
      message,
      ...(path && { path }),
      code: extensions.code,
      extensions,
    })),
  }),
});
