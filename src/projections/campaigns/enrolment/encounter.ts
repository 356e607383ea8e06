import type { Gate } from "../../../domain/decision/decision.ts";
import { isWithheld, withheldStatus } from "../../../domain/decision/withheld.ts";
import { type Assigned, type Outcome, type Receipt, receipts } from "../../../domain/effect/enrolment.ts";
import type { EnrolmentRule } from "../../../domain/effect/enrolmentRule.ts";
import { printLaidOut } from "../../../domain/effect/enrolmentText.ts";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import { type Asking, type Collector, earlier } from "../../tags/evaluation/asking.ts";
import type { Evaluated } from "../../tags/evaluation/evaluated.ts";
import type { Calendar } from "../../tags/statistic/calendar.ts";
import { positionAt, type SelectedRows } from "../../tags/statistic/selectedRows.ts";
import type { OutcomeCounter, OutcomeTaker } from "./countedOutcome.ts";
import { DayCounts, type KpiCounters, type RunningTotals } from "./dayCounts.ts";
import type { FactsNaming, Told } from "./factsNaming.ts";
import { type Place, placeOf } from "./place.ts";

/** The version that assignments made elsewhere are of: their facts name none. */
const outsideVersion = 1;

type Heard = Pick<Told, "at" | "position">;

/** What is known of a rule before anybody is looked at. */
export type Surveyed = {
  readonly rule: EnrolmentRule;
  readonly calendar: Calendar;
  readonly decided: FactsNaming;
  readonly assigned: FactsNaming;
  readonly contacted: FactsNaming;
  readonly responded: FactsNaming;
  readonly reported: FactsNaming;
  readonly outcomes: readonly OutcomeCounter[];
  readonly counters: readonly KpiCounters[];
};

type Reports = ReadonlyMap<string, Told>;

/** A campaign and a customer, while it is worked out what the one has to say about the other. A class, since there is one for each decision. */
export class Encounter {
  readonly #surveyed: Surveyed;
  readonly #asking: Asking;
  readonly #counted: DayCounts;
  readonly #decisions: Told[] = [];
  readonly #assignments: Told[] = [];
  readonly #contacts: Told[] = [];
  readonly #responses: Told[] = [];
  /** Contacts that were made, and sends that were withheld: by which channel. */
  #made: Map<string, string | null> | null = null;
  #withheld: Map<string, string | null> | null = null;
  #reports: Map<string, Reports> | null = null;
  /** What an explanation stands on besides; null where nobody asks for one. */
  readonly #heard: Heard[] | null;
  #next: Instant | null = null;

  constructor(surveyed: Surveyed, asking: Asking) {
    this.#surveyed = surveyed;
    this.#asking = asking;
    this.#heard = asking.collector === null ? null : [];
    this.#counted = new DayCounts(surveyed.calendar);
  }

  evaluate(): Evaluated {
    this.#find();
    const decisions = this.#decisions;
    const met = decisions.length + this.#assignments.length + this.#contacts.length + this.#responses.length;
    if (met === 0) return { value: null, validUntil: this.#next };
    for (const fact of decisions) this.#countDecision(fact);
    for (const fact of this.#contacts) this.#countContact(fact);
    if (this.#made !== null)
      for (const [contact, channel] of this.#made) this.#countReceipts(this.#reportsOf(contact), channel);
    for (const fact of this.#responses) this.#countResponse(fact);

    const place = placeOf(decisions, this.#assignments, this.#contacts, this.#responses);
    const outcomes = place.arm === null ? this.#surveyed.outcomes.map(() => noOutcome) : this.#countOutcomes(place);
    const { collector } = this.#asking;
    if (collector !== null) this.#explain(collector, place);
    const { variant, channel, segments } = place;
    const days = this.#counted.days();
    return {
      value: printLaidOut({ assigned: assignedAs(place), variant, channel, segments, days, outcomes }),
      validUntil: this.#next,
    };
  }

  #find(): void {
    const { rule, decided, assigned, contacted, responded } = this.#surveyed;
    const { campaign, assignmentVersion } = rule;
    const asking = this.#asking;
    const { history } = asking.subject;
    const ofAnyVersion: Told[] = [];
    this.#lookAgain(decided(history, campaign, asking, ofAnyVersion));
    for (const fact of ofAnyVersion)
      if (fact.value("assignmentVersion") === assignmentVersion) this.#decisions.push(fact);
    if (assignmentVersion === outsideVersion) this.#lookAgain(assigned(history, campaign, asking, this.#assignments));
    this.#lookAgain(contacted(history, campaign, asking, this.#contacts));
    this.#lookAgain(responded(history, campaign, asking, this.#responses));
  }

  #lookAgain(at: Instant | null): void {
    this.#next = earlier(this.#next, at);
  }

  /** The first report of each status. */
  #reportsOf(contact: string): Reports {
    const known = this.#reports?.get(contact);
    if (known !== undefined) return known;
    const asking = this.#asking;
    const reports: Told[] = [];
    this.#lookAgain(this.#surveyed.reported(asking.subject.history, contact, asking, reports));
    const first = reports.length === 0 ? noReports : firstByStatus(reports);
    this.#reports ??= new Map();
    this.#reports.set(contact, first);
    return first;
  }

  #countDecision(fact: Told): void {
    const channel = fact.text("channel");
    const outcome = fact.value("outcome");
    this.#counted.add(fact.at, channel, "decided");
    if (outcome === "defer") this.#counted.add(fact.at, channel, "deferred");
    else if (outcome === "send") this.#takeSend(fact, channel);
    else this.#countCost(fact, channel, fact.value("reason") as Gate);
  }

  #takeSend(fact: Told, channel: string | null): void {
    const id = String(fact.value("decisionId"));
    const reports = this.#reportsOf(id);
    if (isWithheld(reports)) {
      this.#counted.add(fact.at, channel, "withheld");
      this.#withheld ??= new Map();
      this.#withheld.set(id, channel);
      this.#heard?.push(reports.get(withheldStatus) as Told);
    } else {
      this.#countCost(fact, channel, null);
      this.#made ??= new Map();
      this.#made.set(id, channel);
    }
  }

  #countCost(fact: Told, channel: string | null, stoppedBy: Gate | null): void {
    const cost = fact.value("unitCost.minorUnits");
    this.#counted.add(fact.at, channel, stoppedBy === null ? "sends" : `skips\t${stoppedBy}`);
    if (typeof cost !== "number") return;
    const currency = fact.value("unitCost.currency");
    const counter = stoppedBy === null ? (`cost\t${currency}` as const) : (`saved\t${stoppedBy}\t${currency}` as const);
    this.#counted.add(fact.at, channel, counter, cost);
  }

  #countContact(fact: Told): void {
    const id = String(fact.value("contactId"));
    if (this.#made?.has(id)) return;
    const channel = fact.text("channel");
    this.#made ??= new Map();
    this.#made.set(id, channel);
    this.#counted.add(fact.at, channel, "contacts");
  }

  #countReceipts(reports: Reports, channel: string | null): void {
    for (const [status, fact] of reports) {
      if (!isReceipt(status)) continue;
      this.#counted.add(fact.at, channel, status);
      this.#heard?.push(fact);
    }
  }

  #countResponse(fact: Told): void {
    const contact = String(fact.value("contactId"));
    const channel = this.#made?.get(contact) ?? this.#withheld?.get(contact) ?? fact.text("channel");
    this.#counted.add(fact.at, channel, `response\t${fact.value("response")}`);
  }

  #countOutcomes({ at, channel }: Place): readonly Outcome[] {
    const { rule, outcomes, counters } = this.#surveyed;
    this.#counted.add(at, channel, "assigned");
    const found = new Array<Outcome>(outcomes.length);
    for (let kpi = 0; kpi < outcomes.length; kpi += 1) {
      const totals = this.#counted.totals(channel, counters[kpi] as KpiCounters);
      const count = outcomes[kpi] as OutcomeCounter;
      const { outcome, next } = count(this.#asking, at, rule.outcomeWindow, new CountedFacts(totals, this.#heard));
      totals.end();
      this.#lookAgain(next);
      found[kpi] = outcome;
    }
    return found;
  }

  #explain({ positions, arithmetic }: Collector, { arm, at }: Place): void {
    const facts = [this.#decisions, this.#assignments, this.#contacts, this.#responses, this.#heard ?? []].flat();
    const sorted = facts.sort((a, b) => a.at - b.at || a.position - b.position);
    positions.push(...new Set(sorted.map(({ position }) => position)));
    arithmetic.push(
      arm === null ? "met, but not assigned" : `assigned to ${arm} on ${formatInstant(at)}`,
      ...(arm === null ? [] : [`outcomes count before ${formatInstant(at + this.#surveyed.rule.outcomeWindow)}`]),
    );
  }
}

/** Facts of a KPI as they are counted, and as they are heard of where somebody asks which they were. */
class CountedFacts implements OutcomeTaker {
  readonly #totals: RunningTotals;
  readonly #heard: Heard[] | null;

  constructor(totals: RunningTotals, heard: Heard[] | null) {
    this.#totals = totals;
    this.#heard = heard;
  }
  take(at: Instant, figure: number, rows: SelectedRows, index: number): void {
    this.#totals.add(at, figure);
    this.#heard?.push({ at, position: positionAt(rows, index) });
  }
}

const noReports: Reports = new Map();

function firstByStatus(reports: readonly Told[]): Reports {
  const first = new Map<string, Told>();
  for (const report of reports) {
    const status = String(report.value("status"));
    if (!first.has(status)) first.set(status, report);
  }
  return first;
}

const isReceipt = (status: string): status is Receipt => (receipts as readonly string[]).includes(status);

const noOutcome: Outcome = { facts: 0, y: 0, x: 0 };

const assignedAs = ({ arm, at }: Place): Assigned | null => (arm === null ? null : { arm, at });
