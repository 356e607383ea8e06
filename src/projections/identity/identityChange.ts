import { type IdentityEffect, identityEffect, identityTypes } from "../../domain/customer/identityEffect.ts";
import type { MergeGraph } from "../../domain/customer/mergeGraph.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { LogReader } from "../../domain/eventLog.ts";
import { type CustomerId, customerOfStream, customerStream } from "../../domain/ids.ts";
import { isCorrection } from "../customer/corrections.ts";
import { endedType } from "../customer/endedType.ts";
import { leftSealed, originalsOf } from "../logPages.ts";

export const regroups = ({ type }: RecordedEvent): boolean => identityTypes.includes(type);

/** A merge or split that takes effect, with all events of the customers it is about, up to itself. */
export type IdentityChange = IdentityEffect & { readonly history: History };

/** An event after which a customer has to be folded anew: who is who has changed, or a fact of the profile is corrected. */
export type FoldedAnew = IdentityChange | { readonly kind: "correction"; readonly history: History };

/** Events in log order, and those that the reversals among them reverse. */
export type History = {
  readonly events: readonly RecordedEvent[];
  readonly originals: ReadonlyMap<string, RecordedEvent>;
};

/** What an event does to who is who, if anything. A customer of whom there was no event before cannot be merged. */
export async function identityChangeOf(
  event: RecordedEvent,
  graph: MergeGraph,
  log: Pick<LogReader, "readStream" | "findById">,
): Promise<IdentityChange | null> {
  const effect = identityEffect(event, graph);
  if (effect === null) return null;
  const { survivor, absorbed } = effect.merge;
  const theirs = effect.kind === "split" ? [] : graph.membersOf(absorbed);
  const members = [...graph.membersOf(graph.survivorOf(survivor)), ...theirs];
  const history = await historyOf(log, members, event.position);
  const stream = customerStream(absorbed);
  return history.events.some(other => other.stream === stream) ? { ...effect, history } : null;
}

/** All events of a customer, where the event corrects an earlier one of them; null where it does not. */
export async function correctionOf(
  event: RecordedEvent,
  originals: History["originals"],
  graph: MergeGraph,
  log: Pick<LogReader, "readStream" | "findById">,
): Promise<FoldedAnew | null> {
  const customer = isCorrection(event) ? customerOfStream(event.stream) : null;
  const original = originals.get(event.corrects ?? "");
  if (customer === null || original?.type !== endedType(event.type) || original.position > event.position) return null;
  const members = graph.membersOf(graph.survivorOf(customer));
  if (!members.some(member => customerStream(member) === original.stream)) return null;
  return { kind: "correction", history: await historyOf(log, members, event.position) };
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
    const page = await log.readStream({ stream, from: history.length, limit, leaveSealed: leftSealed });
    for (const event of page) history.push(event);
    if (page.length < limit || (history.at(-1)?.position ?? 0) > until)
      return history.filter(({ position }) => position <= until);
  }
}
