import { type Merge, type MergeGraph, mergeRefusal, splitMerge } from "../../domain/customer/mergeGraph.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import { CustomerId, customerOfStream, customerStream } from "../../domain/ids.ts";
import { originalsOf } from "../logPages.ts";

export const regroups = ({ type }: RecordedEvent): boolean => type === "identity-merged" || type === "identity-split";

/** A merge or split that takes effect, with all events of the customers it is about, up to itself. */
export type IdentityChange = {
  readonly kind: "merge" | "split";
  readonly merge: Merge;
  readonly history: History;
};

/** Events in log order, and those that the reversals among them reverse. */
export type History = {
  readonly events: readonly RecordedEvent[];
  readonly originals: ReadonlyMap<string, RecordedEvent>;
};

/**
 * What an event does to who is who; null where it does nothing: it is of another type, or merges a customer with itself, one
 * merged already or one nobody knows, or takes back what is no merge in force. Such facts are refused at the door, and
 * should one stand in the log it must not stop anybody. The stored form of the two types is read here, not the upcast one: who
 * is who must not depend on what a later program makes of it.
 */
export async function identityChangeOf(
  event: RecordedEvent,
  graph: MergeGraph,
  log: Pick<LogReader, "readStream" | "findById">,
): Promise<IdentityChange | null> {
  const survivor = customerOfStream(event.stream);
  if (survivor === null || !regroups(event)) return null;
  const absorbed = CustomerId.parse(String(event.data.customer));
  if (absorbed === null) return null;
  if (event.type === "identity-split") {
    const found = splitMerge(graph, survivor, absorbed, event.corrects ?? "");
    if ("refusal" in found) return null;
    const history = await historyOf(log, graph.membersOf(graph.survivorOf(survivor)), event.position);
    return { kind: "split", merge: found.merge, history };
  }
  if (mergeRefusal(graph, survivor, absorbed) !== null) return null;
  const members = [...graph.membersOf(survivor), ...graph.membersOf(absorbed)];
  const history = await historyOf(log, members, event.position);
  const theirs = customerStream(absorbed);
  if (!history.events.some(({ stream }) => stream === theirs)) return null;
  const { proposalId } = event.data;
  const merge: Merge = {
    position: event.position,
    eventId: event.eventId,
    survivor,
    absorbed,
    proposalId: typeof proposalId === "string" ? proposalId : null,
    splitAt: null,
  };
  return { kind: "merge", merge, history };
}

/** All events of these customers up to a position. */
export async function historyOf(
  log: Pick<LogReader, "readStream" | "findById">,
  members: readonly CustomerId[],
  until: Position,
): Promise<History> {
  const events: RecordedEvent[] = [];
  for (const member of members) events.push(...(await wholeStream(log, customerStream(member), until)));
  events.sort((a, b) => a.position - b.position);
  return { events, originals: await originalsOf(log, events) };
}

/** A stream's events up to a position, in order. */
export async function wholeStream(
  log: Pick<LogReader, "readStream">,
  stream: string,
  until: Position,
): Promise<RecordedEvent[]> {
  const limit = 1_000;
  const history: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream({ stream, from: history.length, limit });
    for (const event of page) history.push(event);
    if (page.length < limit || (history.at(-1)?.position ?? 0) > until)
      return history.filter(({ position }) => position <= until);
  }
}
