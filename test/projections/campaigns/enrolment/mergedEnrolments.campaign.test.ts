import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryLog } from "../../../../src/adapters/memory/createMemoryLog.ts";
import { createMemoryReadModels } from "../../../../src/adapters/memory/createMemoryReadModels.ts";
import type { EnrolmentRule } from "../../../../src/domain/effect/enrolmentRule.ts";
import { enrolmentOf } from "../../../../src/domain/effect/enrolmentTag.ts";
import type { TagCode, TagVersion } from "../../../../src/domain/tag/definition.ts";
import { digestOf } from "../../../../src/projections/digest.ts";
import { createEngine } from "../../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../../src/projections/readModelStore.ts";
import { rebuild } from "../../../../src/projections/rebuild.ts";
import { createTagStage } from "../../../../src/projections/tags/stage/tagStage.ts";
import { campaign } from "../../support/campaign.ts";
import { appendAll, type TestFact } from "../../support/facts.ts";
import { bankOf } from "../../tags/stage/support/groupTruth.ts";
import { createMirror } from "../../tags/stage/support/mirror.ts";
import { pacing } from "../../tags/stage/support/tagBench.ts";
import { everything } from "../../tags/support/subjects.ts";
import { asTruth } from "./support/asTruth.ts";
import { campaignFacts } from "./support/campaignLife.ts";
import { enrolmentTruth } from "./support/enrolmentTruth.ts";
import { day, kpis, springLoans } from "./support/springLoans.ts";

const before = enrolmentOf(springLoans({ kpis: kpis.slice(0, 1) }));
/** Another KPI is added on the way: everybody's enrolment is filled anew. */
const after = enrolmentOf(springLoans());

/** The stage as the projector runs it, and the values of one hidden tag as an observer is told of them. */
function stagedBank() {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  const { store } = createMemoryReadModels();
  let conditions: readonly TagVersion[] = [before];
  const mirror = createMirror(store.tags);
  const engine = createEngine({
    ...{ ...pacing, log: reader, store },
    stage: createTagStage({
      tables: store.tags,
      now: () => 0,
      observer: mirror.observer,
      conditions: () => conditions,
    }),
  });
  let ticks = 0;
  return {
    ...{ reader, store },
    tell: (facts: readonly TestFact[], at: number) => appendAll(writer, facts, at),
    tick: (at: number) => {
      ticks += 1;
      const tick = { stream: "clock", type: "clock-ticked", name: `tick-${ticks}`, occurredAt: at, data: {} };
      appendAll(writer, [tick], at);
    },
    drain: () => engine.drain(),
    addKpi: () => {
      conditions = [after];
    },
    events: () => reader.read({ limit: 10_000 }),
    enrolments: (code: TagCode) => enrolmentsIn(store, code, mirror.values),
  };
}

/** By row of the customer. */
function enrolmentsIn(store: ReadModelStore, code: TagCode, values: ReturnType<typeof createMirror>["values"]) {
  const slot = store.tags.slots().slots.find(slot => slot.code === code && slot.state === "serving");
  if (slot === undefined) throw new Error("the tag is not served");
  return new Map([...values].map(([row, own]) => [row, (own.get(slot.slot) ?? null) as string | null]));
}

const people = ["ada", "bo", "cleo"];

test("enrolments of people merged and split, told late and of the future, are at any time what the raw facts of all they are say, and equal a rebuild", () =>
  fc.assert(
    fc.asyncProperty(
      campaignFacts(people, 60),
      fc.array(fc.record({ facts: fc.nat({ max: 20 }), pause: fc.constantFrom(0, 1, day - 1, day) }), {
        minLength: 2,
        maxLength: 6,
      }),
      fc.nat({ max: 5 }),
      async (facts, stretches, added) => {
        await setImmediate();
        const bank = stagedBank();
        let [at, sent, tag] = [0, 0, before];
        for (const [index, { facts: number, pause }] of [...stretches, { facts: facts.length, pause: 1 }].entries()) {
          at += pause;
          bank.tell(facts.slice(sent, sent + number), at);
          sent += number;
          if (index === added) {
            bank.addKpi();
            tag = after;
          }
          bank.tick(at);
          await bank.drain();
          const people = bankOf(await bank.events());
          const found = bank.enrolments(tag.code);
          for (const id of people.ids) {
            const row = bank.store.tags.rowOf(id);
            const value = row === null ? undefined : found.get(row);
            if (people.personOf(id) !== id) expect(value).toBeUndefined();
            else
              expect(asTruth(value as string | null)).toEqual(
                enrolmentTruth(people.factsOf(id), tag.definition.rule as EnrolmentRule, { at, known: everything }),
              );
          }
        }
        const rebuilt = await rebuild({
          ...{ ...pacing, log: bank.reader, generation: 2, makeStore: () => createMemoryReadModels().store },
          makeStage: ({ tags }) => createTagStage({ tables: tags, conditions: () => [tag] }),
        });
        expect(digestOf(bank.store.contents())).toBe(rebuilt.digest);
      },
    ),
    campaign(60),
  ));
