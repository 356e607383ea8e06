import type { Gate } from "../../../domain/decision/decision.ts";
import { isWithheld, withheldStatus } from "../../../domain/decision/withheld.ts";
import { type Assigned, type Outcome, type Receipt, receipts } from "../../../domain/effect/enrolment.ts";
import type { EnrolmentRule } from "../../../domain/effect/enrolmentRule.ts";
import { printEnrolment } from "../../../domain/effect/enrolmentText.ts";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import { type Asking, type Collector, earlier, type RuleEvaluator } from "../../tags/evaluation/asking.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import { outcomeCounter } from "./countedOutcome.ts";
import { createDayCounts, type DayCounts, type KpiCounters } from "./dayCounts.ts";
import { factsNaming, type Told } from "./factsNaming.ts";

/** The version that assignments made elsewhere are of: their facts name none. */
const outsideVersion = 1;

type Heard = Pick<Told, "at" | "position">;

/** The customer's place in the campaign: the first to be told. */
type Place = Pick<Told, "at" | "position"> & {
  readonly arm: string | null;
  readonly variant: string | null;
  readonly channel: string | null;
  readonly segments: readonly string[];
};

/**
 * What a campaign has to say about a customer; missing of those it never met. Receipts count once for each contact and status, at the
 * first, and only of contacts that were decided or reported; a contact reported twice is one. A send that was withheld is none: it is
 * counted as such on the day of its decision, costs nothing, and reaches nobody.
 */
export function enrolmentEvaluator(rule: EnrolmentRule, around: RuleSurroundings): RuleEvaluator {
  const { campaign, assignmentVersion, outcomeWindow, zone } = rule;
  const decided = factsNaming("campaign-decided", "campaignId", around);
  const assigned = factsNaming("campaign-assigned", "campaignId", around);
  const contacted = factsNaming("campaign-contacted", "campaignId", around);
  const responded = factsNaming("campaign-responded", "campaignId", around);
  const reported = factsNaming("delivery-reported", "contactId", around);
  const outcomes = rule.kpis.map(kpi => outcomeCounter(kpi, around));
  const counters = rule.kpis.map(
    ({ measure }, index): KpiCounters => ({
      converted: `kpi\t${index}\tconverted`,
      total: measure.kind === "conversion" ? null : `kpi\t${index}\ttotal`,
    }),
  );

  return asking => {
    const { history } = asking.subject;
    let next: Instant | null = null;
    const decisions: Told[] = [];
    const assignments: Told[] = [];
    const contacts: Told[] = [];
    const responses: Told[] = [];
    next = earlier(
      next,
      decided(history, campaign, asking, fact => {
        if (fact.value("assignmentVersion") === assignmentVersion) decisions.push(fact);
      }),
    );
    if (assignmentVersion === outsideVersion)
      next = earlier(
        next,
        assigned(history, campaign, asking, fact => assignments.push(fact)),
      );
    next = earlier(
      next,
      contacted(history, campaign, asking, fact => contacts.push(fact)),
    );
    next = earlier(
      next,
      responded(history, campaign, asking, fact => responses.push(fact)),
    );
    const all = [decisions, assignments, contacts, responses];
    if (all.every(({ length }) => length === 0)) return { value: null, validUntil: next };

    const counted = createDayCounts(zone);
    /** Contacts that were made, and sends that were withheld: by which channel. */
    const channels = new Map<string, string | null>();
    const withheld = new Map<string, string | null>();
    const heard: Heard[] = [];
    const reports = new Map<string, Map<string, Told>>();
    const reportsOf = (contact: string): ReadonlyMap<string, Told> => {
      const known = reports.get(contact);
      if (known !== undefined) return known;
      const first = new Map<string, Told>();
      const following = reported(history, contact, asking, fact => {
        const status = String(fact.value("status"));
        if (!first.has(status)) first.set(status, fact);
      });
      next = earlier(next, following);
      reports.set(contact, first);
      return first;
    };
    for (const fact of decisions) {
      const channel = text(fact.value("channel"));
      const outcome = fact.value("outcome");
      counted.add(fact.at, channel, "decided");
      if (outcome === "defer") counted.add(fact.at, channel, "deferred");
      else if (outcome === "send") takeSend(fact, channel);
      else countCost(fact, channel, fact.value("reason") as Gate);
    }
    for (const fact of contacts) {
      const id = String(fact.value("contactId"));
      if (channels.has(id)) continue;
      const channel = text(fact.value("channel"));
      channels.set(id, channel);
      counted.add(fact.at, channel, "contacts");
    }
    for (const [contact, channel] of channels)
      for (const [status, fact] of reportsOf(contact)) {
        if (!isReceipt(status)) continue;
        counted.add(fact.at, channel, status);
        heard.push(fact);
      }
    for (const fact of responses) {
      const contact = fact.value("contactId");
      const channel = channels.get(String(contact)) ?? withheld.get(String(contact)) ?? text(fact.value("channel"));
      counted.add(fact.at, channel, `response\t${fact.value("response")}`);
    }

    function takeSend(fact: Told, channel: string | null): void {
      const id = String(fact.value("decisionId"));
      const reports = reportsOf(id);
      if (isWithheld(reports)) {
        counted.add(fact.at, channel, "withheld");
        withheld.set(id, channel);
        heard.push(reports.get(withheldStatus) as Told);
      } else {
        countCost(fact, channel, null);
        channels.set(id, channel);
      }
    }

    function countCost(fact: Told, channel: string | null, stoppedBy: Gate | null): void {
      const cost = fact.value("unitCost.minorUnits");
      const currency = fact.value("unitCost.currency");
      counted.add(fact.at, channel, stoppedBy === null ? "sends" : `skips\t${stoppedBy}`);
      if (typeof cost === "number")
        counted.add(
          fact.at,
          channel,
          stoppedBy === null ? `cost\t${currency}` : `saved\t${stoppedBy}\t${currency}`,
          cost,
        );
    }

    const place = placeOf(decisions, assignments, [...contacts, ...responses]);
    const found = outcomesOf(asking, place, counted, heard);
    if (asking.collector !== null) explain(asking.collector, place, [...all.flat(), ...heard]);
    const value = printEnrolment({
      assigned: assignedAs(place),
      ...{ variant: place.variant, channel: place.channel, segments: place.segments },
      days: counted.days(),
      outcomes: found.outcomes,
    });
    return { value, validUntil: earlier(next, found.next) };
  };

  function explain({ positions, arithmetic }: Collector, { arm, at }: Place, facts: readonly Heard[]): void {
    const sorted = [...facts].sort((a, b) => a.at - b.at || a.position - b.position);
    positions.push(...new Set(sorted.map(({ position }) => position)));
    arithmetic.push(
      arm === null ? "met, but not assigned" : `assigned to ${arm} on ${formatInstant(at)}`,
      ...(arm === null ? [] : [`outcomes count before ${formatInstant(at + outcomeWindow)}`]),
    );
  }

  function outcomesOf(asking: Asking, { arm, at, channel }: Place, counted: DayCounts, heard: Heard[]) {
    if (arm === null) return { outcomes: outcomes.map(() => noOutcome), next: null };
    counted.add(at, channel, "assigned");
    let next: Instant | null = null;
    const found = outcomes.map((count, index) => {
      const byDay = counted.totals(channel, counters[index] as KpiCounters);
      const { outcome, next: following } = count(asking, at, outcomeWindow, (when, figure, positionOf) => {
        byDay.add(when, figure);
        if (asking.collector !== null) heard.push({ at: when, position: positionOf() });
      });
      byDay.end();
      next = earlier(next, following);
      return outcome;
    });
    return { outcomes: found, next };
  }
}

const isReceipt = (status: string): status is Receipt => (receipts as readonly string[]).includes(status);

const noOutcome: Outcome = { facts: 0, y: 0, x: 0 };

/** The first assignment wins, whoever made it; without any, what came first says by which channel. */
function placeOf(decisions: readonly Told[], assignments: readonly Told[], others: readonly Told[]): Place {
  const assigning = [...decisions.filter(fact => text(fact.value("arm")) !== null), ...assignments];
  const first = earliest(assigning) ?? earliest([...decisions, ...others]);
  if (first === null) throw new Error("a customer whom a campaign met was met by something");
  return {
    at: first.at,
    position: first.position,
    arm: text(first.value("arm")),
    variant: text(first.value("variant")),
    channel: text(first.value("channel")),
    segments: assigning.length === 0 ? [] : listOf(first.value("segments")),
  };
}

const assignedAs = ({ arm, at }: Place): Assigned | null => (arm === null ? null : { arm, at });

const earliest = (facts: readonly Told[]): Told | null =>
  facts.reduce<Told | null>(
    (first, fact) =>
      first === null || fact.at < first.at || (fact.at === first.at && fact.position < first.position) ? fact : first,
    null,
  );

const text = (value: JsonScalar | undefined): string | null => (typeof value === "string" ? value : null);

/** A list of scalars is kept as its JSON text. */
const listOf = (value: JsonScalar | undefined): readonly string[] =>
  typeof value === "string" ? [...new Set(JSON.parse(value) as string[])].sort() : [];
