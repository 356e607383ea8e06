import type { Decision } from "../../../domain/decision/decision.ts";
import type { ReplayedDecision } from "../../../domain/decision/replay/replaySources.ts";
import type { CustomerId } from "../../../domain/ids.ts";

/*
 * Most of a decision's text are the words of its gates, which a replay asks for hardly ever. In JSON a quotation mark inside a text is
 * never without a backslash before it, so that these can only be where the list begins and ends.
 */
const gatesBegin = ',"gates":[';
const gatesEnd = '],"consent":';

/** A stored decision whose gates are parsed when they are asked for. The same as parsing all of it, whatever the text. */
export function leanDecision(text: string, customerId: CustomerId): ReplayedDecision {
  const from = text.indexOf(gatesBegin);
  const to = from < 0 ? -1 : text.indexOf(gatesEnd, from + gatesBegin.length - 1);
  if (to < 0) return { ...(JSON.parse(text) as Omit<Decision, "customerId">), customerId };
  // Put into the object that was parsed: a copy of each would cost a tenth of the replay.
  const decision = JSON.parse(text.slice(0, from) + text.slice(to + 1)) as Mutable<ReplayedDecision>;
  decision.customerId = customerId;
  let gates: Decision["gates"] | null = null;
  decision.gates = () => {
    gates ??= JSON.parse(text.slice(from + gatesBegin.length - 1, to + 1)) as Decision["gates"];
    return gates;
  };
  return decision;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
