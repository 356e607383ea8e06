import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import { createEffectCells, type EffectCells } from "../../../domain/effect/effectCells.ts";
import type { EnrolmentRule } from "../../../domain/effect/enrolmentRule.ts";
import { isEnrolment } from "../../../domain/effect/enrolmentTag.ts";
import { conditionNamed } from "../../../domain/segment/conditions.ts";
import type { Slot } from "../../tags/stage/slot.ts";
import type { TagChange, ValueObserver } from "../../tags/stage/tagChange.ts";
import type { SlotValue } from "../../tags/stage/tagRow.ts";
import { countedName, effectsPrefix, type ServedEffects, servedText } from "../effectRows.ts";
import type { RowBuffer } from "./rowBuffer.ts";

/** Keeps the sums of every campaign's effects, from what becomes of single customers' enrolments. */
export type CampaignEffects = {
  readonly filled: ValueObserver["filled"];
  readonly relaid: (slots: readonly Slot[]) => void;
  readonly apply: (changes: readonly TagChange[]) => void;
  /** To be called before the rows of a commit are asked for. */
  readonly write: () => void;
  readonly committed: () => void;
};

/** One slot of enrolments. */
type Counted = {
  readonly campaign: CampaignId;
  readonly name: string;
  readonly prefix: string;
  readonly cells: EffectCells;
  failed: number;
  /** Whether the row that says it is whole has to be written. */
  unsaid: boolean;
  serving: boolean;
};

export function createCampaignEffects(rows: RowBuffer, slots: readonly Slot[]): CampaignEffects {
  const bySlot = new Map<number, Counted>();

  const begin = ({ code, state }: Slot): Counted => {
    const { campaign } = conditionNamed(code).definition.rule as EnrolmentRule;
    const name = countedName(code);
    const prefix = effectsPrefix(campaign, name);
    const served = rows.get("effects", campaign);
    const known = served === null ? null : (JSON.parse(served) as ServedEffects);
    const failed = known?.counted === name ? known.failed : Number(rows.get("effects", `${prefix}failed`) ?? 0);
    const cells = createEffectCells((kind, key) => rows.get(kind, prefix + key));
    return { ...{ campaign, name, prefix, cells, failed }, unsaid: false, serving: state === "serving" };
  };
  for (const slot of slots) if (isEnrolment(slot.code)) bySlot.set(slot.slot, begin(slot));

  const change = (counted: Counted, before: SlotValue, after: SlotValue): void => {
    if (before === undefined || after === undefined) {
      counted.failed += Number(after === undefined) - Number(before === undefined);
      counted.unsaid = true;
    }
    counted.cells.change((before ?? null) as string | null, (after ?? null) as string | null);
  };

  const drop = ({ campaign, name, prefix, cells }: Counted): void => {
    // What it has not written yet must not come back.
    for (const { kind, key } of cells.changes()) rows.put(kind, prefix + key, null);
    for (const kind of ["group", "day"] as const)
      for (const { key } of rows.under(kind, prefix)) rows.put(kind, key, null);
    rows.put("effects", `${prefix}failed`, null);
    const served = rows.get("effects", campaign);
    if (served !== null && (JSON.parse(served) as ServedEffects).counted === name) rows.put("effects", campaign, null);
  };

  return {
    filled: (slot, _row, value, before) => {
      const counted = bySlot.get(slot);
      if (counted !== undefined) change(counted, before, value);
    },
    relaid: next => {
      const kept = new Set(next.map(({ slot }) => slot));
      for (const [slot, counted] of bySlot)
        if (!kept.has(slot)) {
          drop(counted);
          bySlot.delete(slot);
        }
      for (const slot of next) {
        if (!isEnrolment(slot.code)) continue;
        const known = bySlot.get(slot.slot);
        const counted = known ?? begin(slot);
        bySlot.set(slot.slot, counted);
        if (slot.state === "serving" && (!counted.serving || known === undefined)) counted.unsaid = true;
        counted.serving = slot.state === "serving";
      }
    },
    apply: changes => {
      for (const { slot, before, after } of changes) {
        const counted = bySlot.get(slot);
        if (counted !== undefined) change(counted, before, after);
      }
    },
    committed: () => {
      for (const { cells } of bySlot.values()) cells.committed();
    },
    write: () => {
      for (const counted of bySlot.values()) {
        const { campaign, name, prefix, cells, failed } = counted;
        for (const { kind, key, text } of cells.changes()) rows.put(kind, prefix + key, text);
        if (!counted.unsaid) continue;
        counted.unsaid = false;
        if (counted.serving) {
          rows.put("effects", campaign, servedText({ counted: name, failed }));
          rows.put("effects", `${prefix}failed`, null);
        } else rows.put("effects", `${prefix}failed`, String(failed));
      }
    },
  };
}
