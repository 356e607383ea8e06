import type { CampaignDefinition } from "../../../../src/domain/campaign/campaign.ts";
import type { PolicyDefinition } from "../../../../src/domain/campaign/policy.ts";
import { type Spent, spentWith } from "../../../../src/domain/decision/budget.ts";
import type { Contact } from "../../../../src/domain/decision/caps.ts";
import { decide } from "../../../../src/domain/decision/decide.ts";
import type { Decision, DecisionCause } from "../../../../src/domain/decision/decision.ts";
import type { ConsentStatement } from "../../../../src/domain/decision/gateInputs.ts";
import type { Truth } from "../../../../src/domain/decision/truth.ts";
import { candidate, customer, eventId, inputs, offer } from "./givenDecision.ts";

export type Step =
  | { readonly kind: "decide"; readonly campaign: number; readonly customer: number; readonly under: boolean }
  | { readonly kind: "consent"; readonly customer: number; readonly channel: string; readonly granted: boolean }
  | { readonly kind: "outside"; readonly customer: number; readonly channel: string }
  | { readonly kind: "suppressed"; readonly customer: number; readonly truth: Truth };
export type Timed = Step & { readonly wait: number };

/** What the log would hold, in its order. */
export type Logged =
  | {
      readonly kind: "decision";
      readonly decision: Decision;
      readonly allowed: boolean | undefined;
      readonly before: readonly Contact[];
    }
  | { readonly kind: "contact"; readonly customer: number; readonly contact: Contact };

/** Works through days of facts, changes of mind, contacts from outside and held contacts as the projector does: one after the other. */
export function simulatedBank(given: {
  readonly steps: readonly Timed[];
  readonly start: number;
  readonly campaigns: readonly CampaignDefinition[];
  readonly policy: PolicyDefinition;
  readonly zones: readonly (string | null)[];
}): {
  readonly log: readonly Logged[];
  readonly spent: readonly Spent[];
  readonly consents: ReadonlyMap<string, ConsentStatement>;
} {
  const { campaigns, policy, zones } = given;
  const contacts = new Map<number, Contact[]>();
  const consents = new Map<string, ConsentStatement>();
  const suppressed = new Map<number, Truth>();
  const spent: Spent[] = campaigns.map(() => ({ money: 0, contacts: 0 }));
  const due: { at: number; campaign: number; customer: number; cause: DecisionCause }[] = [];
  const log: Logged[] = [];
  let now = given.start;
  const contact = (of: number, one: Contact): void => {
    contacts.set(of, [...(contacts.get(of) ?? []), one]);
  };
  const make = (number: number, of: number, cause: DecisionCause, under: boolean): void => {
    const definition = campaigns[number] as CampaignDefinition;
    const statement = (channel: string): ConsentStatement | null =>
      consents.get(`${of}/${channel}/${definition.purpose}`) ?? null;
    const before = contacts.get(of) ?? [];
    const decision = decide(
      inputs({
        decisionId: eventId(log.length + 1),
        definition,
        policy: under ? { definition: policy, version: 3 } : null,
        customerId: customer(of),
        cause,
        audience: cause.kind === "release" ? () => (of + log.length) % 5 > 0 : null,
        suppression: () => suppressed.get(of) ?? false,
        at: now,
        offers: () => definition.offers.map((id, at) => candidate(offer(id, 100 + at), at, 9, of !== 2 || at > 0)),
        contacts: () => before,
        customersZone: () => zones[of] ?? null,
        consent: statement,
        spent: spent[number] as Spent,
      }),
    );
    const { channel, until, outcome, decisionId } = decision;
    log.push({ kind: "decision", decision, allowed: statement(channel as string)?.granted, before });
    if (outcome === "defer") {
      due.push({ at: until as number, campaign: number, customer: of, cause: { kind: "release", of: decisionId } });
    }
    if (outcome !== "send") return;
    contact(of, { at: now, channel: channel as string, purpose: definition.purpose });
    spent[number] = spentWith(definition.budget, spent[number] as Spent, decision.unitCost);
  };
  for (const step of given.steps) {
    const next = now + step.wait;
    for (;;) {
      const first = due.sort((one, other) => one.at - other.at)[0];
      if (first === undefined || first.at > next) break;
      due.shift();
      now = first.at;
      make(first.campaign, first.customer, first.cause, true);
    }
    now = next;
    if (step.kind === "decide") make(step.campaign, step.customer, { kind: "wave", at: now }, step.under);
    if (step.kind === "suppressed") suppressed.set(step.customer, step.truth);
    if (step.kind === "outside") {
      const one = { at: now, channel: step.channel, purpose: null };
      contact(step.customer, one);
      log.push({ kind: "contact", customer: step.customer, contact: one });
    }
    if (step.kind === "consent") {
      for (const { purpose } of campaigns) {
        consents.set(`${step.customer}/${step.channel}/${purpose}`, { granted: step.granted, position: 1 });
      }
    }
  }
  return { log, spent, consents };
}
