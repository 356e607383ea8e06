import { derivedEventId } from "../definitions/derivedEventId.ts";
import { campaignStream } from "../domain/campaign/campaign.ts";
import type { NewEvent, Position } from "../domain/event.ts";
import type { AppendOutcome, AppendRequest } from "../domain/eventLog.ts";
import { customerStream, type EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { OutboxEntry } from "../projections/campaigns/outboxRows.ts";
import { type BackOff, pauseAfter } from "./backOff.ts";
import { type Append, assertTaken } from "./relayPending.ts";
import type { Timers } from "./timers.ts";

/** What became of a send at its channel. `reason` is in the channel's words. */
export type DeliveryReport =
  | { readonly status: "sent"; readonly ref: string | null }
  | { readonly status: "bounced"; readonly reason: string }
  /** Not handed over: what it was decided on does not hold any more. */
  | { readonly status: "withheld"; readonly reason: string };

const longestReason = 1_000;
const longestRef = 200;

const reportId = (decisionId: EventId, status: DeliveryReport["status"]): EventId =>
  derivedEventId("delivery", decisionId, status);
/** Under which a send's report stands in the log, whatever became of it. */
export const deliveryIds = (decisionId: EventId): readonly EventId[] => [
  reportId(decisionId, "sent"),
  reportId(decisionId, "bounced"),
  reportId(decisionId, "withheld"),
];

/** Told twice it is the same event, so that the first holds. The reason may name an address, so it is sealed. */
export function deliveryReported(entry: OutboxEntry, report: DeliveryReport, at: Instant): AppendRequest {
  const { decisionId, customerId, campaignId, channel } = entry;
  const stream = customerStream(customerId);
  const ref = report.status === "sent" ? plain(report.ref ?? "", longestRef) : "";
  const reason = report.status === "sent" ? "" : plain(report.reason, longestReason) || "no reason given";
  const event: NewEvent = {
    eventId: reportId(decisionId, report.status),
    type: "delivery-reported",
    schemaVersion: 1,
    occurredAt: at,
    actor: { kind: "system", id: "courier" },
    source: "c360",
    sourceEventId: null,
    correlationId: campaignStream(campaignId),
    causationId: decisionId,
    corrects: null,
    flags: [],
    data: {
      ...{ contactId: decisionId, campaignId, channel, status: report.status },
      ...(ref === "" ? {} : { details: { ref } }),
    },
    personal: reason === "" ? null : { subject: stream, fields: { "/reason": reason } },
  };
  return { writes: [{ stream, expected: "any", events: [event] }] };
}

const plain = (text: string, most: number): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFD]+/gu, " ")
    .slice(0, most)
    .toWellFormed()
    .replaceAll("\uFFFD", "")
    .trim();

export type DeliveryReporter = {
  /** Resolves with where it stands in the log; null when the courier stopped before it could be told. */
  readonly report: (entry: OutboxEntry, report: DeliveryReport) => Promise<Position | null>;
};

type Waiting = { readonly request: AppendRequest; readonly resolve: (position: Position | null) => void };
const atOnce = 1_000;

/** Appends reports; those that come while an append is under way share the next one. */
export function createDeliveryReporter({
  append,
  timers,
  random,
  stopping,
  onTrouble,
  backOff = { firstMs: 100, longestMs: 10_000 },
}: {
  readonly append: Append;
  readonly timers: Timers;
  readonly random: () => number;
  /** Aborted when the courier gives up. */
  readonly stopping: AbortSignal;
  readonly onTrouble: (message: string) => void;
  readonly backOff?: BackOff;
}): DeliveryReporter {
  let waiting: Waiting[] = [];
  let appending = false;

  const appendGroup = async (group: readonly Waiting[]): Promise<readonly AppendOutcome[] | null> => {
    for (let attempt = 1; !stopping.aborted; attempt += 1)
      try {
        const outcomes = await append(group.map(({ request }) => request));
        assertTaken(outcomes);
        return outcomes;
      } catch (error) {
        onTrouble(`reports of deliveries could not be appended and will be tried again: ${(error as Error).message}`);
        await timers.wait(pauseAfter(attempt, backOff, random), stopping);
      }
    return null;
  };
  const appendWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      const outcomes = await appendGroup(group);
      for (const [index, { resolve }] of group.entries())
        resolve(outcomes === null ? null : positionOf(outcomes[index] as AppendOutcome));
    }
    appending = false;
  };

  return {
    report: (entry, report) =>
      new Promise(resolve => {
        waiting.push({ request: deliveryReported(entry, report, timers.now()), resolve });
        if (appending) return;
        appending = true;
        // What else ends in this turn goes with it.
        setImmediate(appendWaiting);
      }),
  };
}

function positionOf(outcome: AppendOutcome): Position {
  switch (outcome.kind) {
    case "appended":
    case "duplicate":
      return outcome.last;
    case "idReused":
      return outcome.position;
    case "conflict":
    case "claimed":
      throw new Error(outcome.kind); // assertTaken has seen to it
  }
}
