import type { Sequence, SequenceStep } from "../../../../domain/segment/rule.ts";

/** A fact of one of these steps carries the bit of each that it meets. */
export const mostSteps = 31;

/** The steps that have to happen, in order, each with what must not happen since the one before. */
export type SequencePlan = {
  readonly happening: readonly { readonly bit: number; readonly absentBefore: number }[];
  /** What must not happen after the last of them; 0: anything may. */
  readonly absentAfter: number;
  readonly minGap: number | null;
  readonly maxGap: number | null;
  readonly within: number | null;
};

export function sequencePlan({ steps, minGap, maxGap, within }: Sequence): SequencePlan {
  if (steps.length > mostSteps)
    throw new Error(`a sequence of ${steps.length} steps; at most ${mostSteps} can be followed`);
  const happening: { bit: number; absentBefore: number }[] = [];
  let absent = 0;
  steps.forEach((step, index) => {
    const bit = 1 << index;
    if (step.absent) absent |= bit;
    else {
      happening.push({ bit, absentBefore: absent });
      absent = 0;
    }
  });
  if (happening.length === 0) throw new Error("a sequence in which nothing has to happen");
  return { happening, absentAfter: absent, minGap, maxGap, within };
}

/** What all steps together look at. */
export function lookedAt(steps: readonly SequenceStep[]) {
  const types = [...new Set(steps.flatMap(({ facts }) => facts.types))];
  const conditions = steps.map(({ facts }) => facts.where);
  const known = conditions.filter(where => where !== null);
  return { types, where: known.length < conditions.length ? null : ({ kind: "any", of: known } as const) };
}
