import type { RecordedEvent } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import { sameValue, type TagValue } from "../../domain/tag/tagValue.ts";
import { endedType } from "../customer/endedType.ts";
import type { TagProgram, TagSubject } from "../tags/evaluation/evaluateTag.ts";
import { InexactFigure } from "../tags/evaluation/inexactFigure.ts";

/** A stretch of time [from, to) in which a tag was told to be `before`, and should have been `after`. */
export type Restated = {
  readonly code: TagCode;
  readonly from: Instant;
  readonly to: Instant;
  readonly before: TagValue;
  readonly after: TagValue;
};

export type Restatement = {
  /** By tag in order of evaluation, then by time; stretches that touch have different values. */
  readonly stretches: readonly Restated[];
  /** Tags of which nothing is said from an instant on: they change too often to be followed further, or have no exact figure there. */
  readonly cut: readonly Cut[];
};

export type Cut = { readonly code: TagCode; readonly at: Instant; readonly why: "too many changes" | "inexact" };

export type RestatementBounds = {
  /** Half-open. Usually from the fact's `occurredAt`, or that of the fact it ends if that is earlier, to its `recordedAt`. */
  readonly from: Instant;
  readonly to: Instant;
  /** Since when the tag's version is in force; earlier nothing had been told. Null: the tag is left out. */
  readonly inForceSince: (code: TagCode) => Instant | null;
  /** Instants of change followed for one tag. */
  readonly maxSteps?: number;
};

/**
 * What a fact that came late, or reversed or corrected another, changed in what had been told: the customer's tags at every
 * instant as known just before its position, against the same as known with it. Exact: both are followed from one
 * instant at which they can change to the next.
 */
export function restatedBy(
  program: TagProgram,
  subject: TagSubject,
  event: RecordedEvent,
  { from, to, inForceSince, maxSteps = 10_000 }: RestatementBounds,
): Restatement {
  const { customerId, history } = subject;
  const asked: TagSubject = { customerId, history, related: id => subject.related(id) };
  const stretches: Restated[] = [];
  const cut: Cut[] = [];
  for (const code of concernedBy(program, event.type)) {
    const since = inForceSince(code);
    if (since === null) continue;
    let at = Math.max(from, since);
    const follow = (): Cut["why"] | null => {
      for (let steps = 0; at < to; steps += 1) {
        if (steps === maxSteps) return "too many changes";
        const before = program.evaluate(code, asked, { at, known: event.position - 1 });
        const after = program.evaluate(code, asked, { at, known: event.position });
        const next = Math.min(to, before.validUntil ?? to, after.validUntil ?? to);
        if (next <= at) throw new Error(`tag ${code}: valid until ${next}, which is not after ${at}`);
        if (!sameValue(before.value, after.value))
          extend(stretches, { code, from: at, to: next, before: before.value, after: after.value });
        at = next;
      }
      return null;
    };
    const why = orInexact(follow);
    if (why !== null) cut.push({ code, at, why });
  }
  return { stretches, cut };
}

/** A figure beyond what is exact stops one tag, not the others. */
function orInexact(follow: () => Cut["why"] | null): Cut["why"] | null {
  try {
    return follow();
  } catch (error) {
    if (error instanceof InexactFigure) return "inexact";
    throw error;
  }
}

/** The tags that may differ, each after those it is computed from. */
function concernedBy(program: TagProgram, type: string): TagCode[] {
  const concerned = new Set<TagCode>();
  for (const touched of [type, endedType(type)])
    for (const code of program.touchedBy(touched))
      for (const dependent of [code, ...program.dependents(code)]) concerned.add(dependent);
  return program.order.filter(code => concerned.has(code));
}

function extend(stretches: Restated[], stretch: Restated): void {
  const last = stretches.at(-1);
  const continues =
    last?.code === stretch.code &&
    last.to === stretch.from &&
    sameValue(last.before, stretch.before) &&
    sameValue(last.after, stretch.after);
  if (last === undefined || !continues) stretches.push(stretch);
  else stretches[stretches.length - 1] = { ...last, to: stretch.to };
}
