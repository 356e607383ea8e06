import type { Decision } from "../../../domain/decision/decision.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { customerOfStream } from "../../../domain/ids.ts";
import type { Moment } from "../../../projections/tags/evaluation/evaluateTag.ts";

/** A decision as the API reads it. */
export type DecisionNode = Decision & {
  readonly position: Position;
  readonly event: RecordedEvent;
  /** The moment of the past that what followed is told as of; null for the present. */
  readonly moment: Moment | null;
};

export const isDecision = ({ type }: RecordedEvent): boolean => type === "campaign-decided";

/** Of an event of that type only. */
export function decisionNode(event: RecordedEvent, moment: Moment | null = null): DecisionNode {
  const customerId = customerOfStream(event.stream);
  if (customerId === null || !isDecision(event)) throw new Error(`no decision stands at position ${event.position}`);
  const decision = event.data as unknown as Omit<Decision, "customerId">;
  return { ...decision, customerId, position: event.position, event, moment };
}
