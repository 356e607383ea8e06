import type { CampaignDefinition, CampaignId } from "../../campaign/campaign.ts";
import type { CustomerId, EventId } from "../../ids.ts";
import type { Instant } from "../../instant.ts";
import { type Spent, spentWith } from "../budget.ts";
import type { Contact } from "../caps.ts";
import { type Course, throughGates } from "../gates.ts";
import { createDueHeap } from "./dueHeap.ts";
import { recordedAnswers } from "./recordedAnswers.ts";
import type { ReplayOutcome, ReplayReport } from "./replayReport.ts";
import type { ReplayedDecision, ReplaySources } from "./replaySources.ts";
import { createReplayTally } from "./replayTally.ts";

/**
 * Tries another version of a policy on past decisions. It is told, in the order of the log and from its beginning, of every decision
 * and of every contact reported from outside.
 */
export type PolicyReplay = {
  /** Decided anew where it was made under the policy; else taken as it was, since its send counts for caps too. */
  readonly decision: (decision: ReplayedDecision) => void;
  readonly contact: (customerId: CustomerId, contact: Contact) => void;
  /** A send that was told of was withheld: had it been made under the tried policy, it would have been withheld too, and counts no more. */
  readonly withheld: (decisionId: EventId) => void;
  readonly report: () => ReplayReport;
};

/** A contact that would be held for another time than it was, and what is known about it. */
type Held = { decision: ReplayedDecision };

const nothingSpent: Spent = { money: 0, contacts: 0 };
const none: ReplayOutcome = { outcome: "none", reason: null, channel: null, until: null };

/**
 * Caps and budgets count what would have been sent. Everything else a gate asks is answered as it was recorded (see
 * `recordedAnswers`), so that the same version finds the same decisions. A contact that would be held for a time for which the log
 * has no decision is decided then, upon what was recorded last.
 */
export function createPolicyReplay(sources: ReplaySources): PolicyReplay {
  const { policy, campaignOf, offsets, scope, membersOf } = sources;
  const answers = recordedAnswers(sources);
  const tally = createReplayTally(sources.keep);
  const contactsOf = new Map<CustomerId, Contact[]>();
  const spentBy = new Map<CampaignId, Spent>();
  const held = createDueHeap<Held>();
  const heldBy = new Map<EventId, Held>();
  /** Of sends that will be withheld: what takes them back. */
  const takingBack = new Map<EventId, () => void>();
  /** Held contacts whose release in the log would not have come. */
  const unreleased = new Set<EventId>();
  /** Tried decisions that held a contact: its release is tried with them, whenever it was. */
  const triedHolds = new Set<EventId>();
  const isTried = (decision: ReplayedDecision): boolean => {
    if (decision.policyId !== policy.id) return false;
    if (scope === undefined) return true;
    const { cause } = decision;
    const tried = cause.kind === "release" ? triedHolds.delete(cause.of) || scope(decision) : scope(decision);
    if (tried && decision.outcome === "defer") triedHolds.add(decision.decisionId);
    return tried;
  };
  let customerId: CustomerId;
  const contacts = (): readonly Contact[] => {
    const members = membersOf?.(customerId) ?? [];
    if (members.length < 2) return contactsOf.get(customerId) ?? [];
    return members.flatMap(id => contactsOf.get(id) ?? []).sort((a, b) => a.at - b.at);
  };

  const courseOf = (
    decision: ReplayedDecision,
    definition: CampaignDefinition,
    at: Instant,
    audience: boolean,
  ): Course => {
    answers.about(decision);
    customerId = decision.customerId;
    const { arm, variant, assignmentVersion: version } = decision;
    const course = throughGates(
      {
        definition,
        policy,
        customerId,
        at,
        tooLate: null,
        suppression: answers.suppression,
        earlier: arm === null ? null : { version, arm, variant },
        schedule: answers.schedule(),
        audience: audience ? answers.audience : null,
        offer: answers.offer,
        contacts,
        customersZone: answers.customersZone,
        offsets,
        consent: answers.consent,
        spent: spentBy.get(definition.id) ?? nothingSpent,
      },
      null,
    );
    if (answers.missed()) tally.unanswered();
    return course;
  };

  const keepContact = (of: CustomerId, contact: Contact): void => {
    const kept = contactsOf.get(of);
    if (kept === undefined) contactsOf.set(of, [contact]);
    else insertByTime(kept, contact);
  };
  const send = (decision: ReplayedDecision, at: Instant, channel: string, cost: ReplayedDecision["unitCost"]): void => {
    const { decisionId, customerId: of, campaignId, campaignVersion, purpose } = decision;
    const contact: Contact = { at, channel, purpose };
    const budget = campaignOf(campaignId, campaignVersion)?.budget ?? null;
    const spend = (sign: 1 | -1): void => {
      if (budget === null) return;
      spentBy.set(campaignId, spentWith(budget, spentBy.get(campaignId) ?? nothingSpent, cost, sign));
    };
    keepContact(of, contact);
    spend(1);
    if (!sources.isWithheld?.(decisionId)) return;
    takingBack.set(decisionId, () => {
      const kept = contactsOf.get(of) as Contact[];
      kept.splice(kept.indexOf(contact), 1);
      spend(-1);
    });
  };
  const hold = (decision: ReplayedDecision, until: Instant): void => {
    const one = { decision };
    held.add(until, one);
    heldBy.set(decision.decisionId, one);
  };

  const releaseDue = (by: Instant): void => {
    for (let due = held.takeDue(by); due !== null; due = held.takeDue(by)) {
      const { decision } = due.thing;
      const definition = campaignOf(decision.campaignId, decision.campaignVersion);
      heldBy.delete(decision.decisionId);
      if (definition === null) continue;
      const course = courseOf(decision, definition, due.at, false);
      if (course.outcome === "defer" && course.until !== null) hold(decision, course.until);
      else {
        const cost = course.channel?.unitCost ?? null;
        if (course.outcome === "send" && course.channel !== null) {
          send(decision, due.at, course.channel.channel, cost);
        }
        tally.release(course.outcome === "send", cost);
      }
    }
  };

  /** A release whose hold would have gone otherwise: what it found out is the latest about a contact that is held still. */
  const withoutRelease = (decision: ReplayedDecision, of: EventId): void => {
    const one = heldBy.get(of);
    if (one !== undefined) {
      heldBy.delete(of);
      one.decision = decision;
      heldBy.set(decision.decisionId, one);
    }
    if (decision.outcome === "defer") unreleased.add(decision.decisionId);
    tally.decision(decision, none, null);
  };

  const anew = (decision: ReplayedDecision): void => {
    const { cause, reason, at } = decision;
    if (cause.kind === "release" && unreleased.delete(cause.of)) {
      withoutRelease(decision, cause.of);
      return;
    }
    const tooLate = reason === "stale" || reason === "ended";
    const definition = campaignOf(decision.campaignId, decision.campaignVersion);
    if (definition === null) tally.unknownCampaign();
    if (definition === null || tooLate) {
      if (decision.outcome === "send") send(decision, at, decision.channel as string, decision.unitCost);
      tally.decision(decision, decision, decision.unitCost);
      return;
    }
    const course = courseOf(decision, definition, at, cause.kind === "release");
    const cost = course.channel?.unitCost ?? null;
    if (course.outcome === "send" && course.channel !== null) send(decision, at, course.channel.channel, cost);
    const asHeld = decision.outcome === "defer" && course.outcome === "defer" && course.until === decision.until;
    if (!asHeld) {
      if (decision.outcome === "defer") unreleased.add(decision.decisionId);
      if (course.outcome === "defer" && course.until !== null) hold(decision, course.until);
    }
    const channel = course.outcome === "skip" ? null : (course.channel?.channel ?? null);
    tally.decision(decision, { outcome: course.outcome, reason: course.reason, channel, until: course.until }, cost);
  };

  return {
    decision: decision => {
      releaseDue(decision.at);
      if (isTried(decision)) anew(decision);
      else if (decision.outcome === "send") send(decision, decision.at, decision.channel as string, decision.unitCost);
    },
    contact: keepContact,
    withheld: decisionId => {
      takingBack.get(decisionId)?.();
      takingBack.delete(decisionId);
    },
    report: () => tally.report(held.size()),
  };
}

/** Nearly always the latest. */
function insertByTime(contacts: Contact[], contact: Contact): void {
  let place = contacts.length;
  while (place > 0 && (contacts[place - 1] as Contact).at > contact.at) place -= 1;
  if (place === contacts.length) contacts.push(contact);
  else contacts.splice(place, 0, contact);
}
