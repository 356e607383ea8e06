import { formatInstant } from "../instant.ts";
import type { Decision, DecisionCause, Gate, GateVerdict } from "./decision.ts";

type Told = Pick<
  Decision,
  "cause" | "outcome" | "reason" | "arm" | "variant" | "channel" | "purpose" | "offerId" | "until" | "gates"
>;

/**
 * Why somebody was contacted, was not, or not yet: in one sentence, with the figures that the gates left. `withheld`: that a send was
 * handed to no channel, and why, where that is known.
 */
export function whyInWords(decision: Told, withheld: { readonly reason: string | null } | null = null): string {
  const { outcome, channel, purpose, offerId, until, gates } = decision;
  const since = causeInWords(decision.cause);
  if (outcome === "send") {
    const offered = offerId === null ? "" : ` with offer ${offerId}`;
    const passed = gates.filter(gate => gate.channel === null || gate.channel === channel);
    if (withheld !== null) {
      const because = withheld.reason === null ? "" : `: ${withheld.reason}`;
      const said = `Not contacted: ${since}, but the send by ${channel} for ${purpose} was withheld${because}`;
      return sentence(said, passed);
    }
    return sentence(`Contacted by ${channel} for ${purpose}${offered}: ${since}`, passed);
  }
  const stopped = gates.filter(({ verdict }) => verdict !== "pass");
  if (outcome === "defer") {
    const anew = until === null ? "" : ` and is decided anew at ${formatInstant(until)}`;
    return sentence(`Not contacted yet: ${since}; it was held${anew}`, stopped);
  }
  // What is not known stops like what is known to stop, but is another answer.
  const unknown = stopped.some(({ gate, verdict }) => gate === decision.reason && verdict === "unknown");
  return sentence(`Not contacted: ${since}, but ${stopInWords(decision.reason, unknown)}`, stopped);
}

function causeInWords(cause: DecisionCause): string {
  switch (cause.kind) {
    case "trigger":
      return `the fact at position ${cause.position} set it off`;
    case "wave":
      return `the wave of ${formatInstant(cause.at)} came to the customer`;
    case "release":
      return "it had been held, and was decided anew";
  }
}

const stops: Readonly<Record<Gate, readonly [known: string, unknown: string]>> = {
  suppression: ["the customer is suppressed", "whether the customer is suppressed cannot be told"],
  holdout: ["the customer is kept out of all campaigns under the policy, to compare the others with", ""],
  assignment: ["the customer is in no arm", ""],
  control: ["the customer is in the control arm", ""],
  schedule: ["the wave's contact was made already", "when the wave comes to the customer cannot be told"],
  eligibility: ["the customer is not in the audience", "whether the customer is in the audience cannot be told"],
  offer: ["no offer is open to the customer", "which offers are open to the customer cannot be told"],
  cap: ["the customer was contacted often enough", ""],
  quietHours: ["these are quiet hours", "whether these are quiet hours cannot be told"],
  consent: ["the customer does not agree to it", "the customer never agreed to it"],
  budget: ["the budget is used up", "whether the budget allows it cannot be told"],
  stale: ["it came too late", ""],
  ended: ["the campaign had ended", ""],
  degraded: ["what is known of the customer stands still", ""],
};

function stopInWords(reason: Gate | null, unknown: boolean): string {
  if (reason === null) return "a gate stopped it";
  const [known, notKnown] = stops[reason];
  return unknown && notKnown !== "" ? notKnown : known;
}

function sentence(said: string, gates: readonly GateVerdict[]): string {
  const details = gates.map(({ channel, detail }) => (channel === null ? detail : `${channel}: ${detail}`));
  return details.length === 0 ? `${said}.` : `${said} (${details.join("; ")}).`;
}
