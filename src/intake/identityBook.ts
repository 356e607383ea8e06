import { LRUCache } from "lru-cache";
import { identityEffect, identityTypes } from "../domain/customer/identityEffect.ts";
import type { IdentityPolicy } from "../domain/customer/identityPolicy.ts";
import { createMergeGraph, type MergeGraph } from "../domain/customer/mergeGraph.ts";
import type { Position } from "../domain/event.ts";
import type { AppendRequest, LogReader } from "../domain/eventLog.ts";
import { type CustomerId, customerOfStream, customerStream } from "../domain/ids.ts";

/** What the log and the policy say of who is who, seen together with what the facts before in the same batch will add. */
export type IdentityView = {
  readonly policy: IdentityPolicy;
  readonly graph: MergeGraph;
  readonly isSamePerson: (a: CustomerId, b: CustomerId) => boolean;
  /** Whether an event has merged or split customers before: the same fact again is a repeat, and none that makes no sense. */
  readonly hasTaken: (eventId: string) => boolean;
  /** How many ids of a system a person has. Below the truth until `lookUp` has read what was asked for. */
  readonly linked: (customer: CustomerId, system: string) => number;
  readonly add: (request: AppendRequest) => void;
};

export type IdentityBook = {
  /** Reads the merges and splits that the log has got since; nothing to do unless this door stored one. */
  readonly catchUp: () => Promise<void>;
  readonly view: () => IdentityView;
  /** Reads what was asked of `linked` and is not known. True when there was anything: what was decided on it has to be decided anew. */
  readonly lookUp: () => Promise<boolean>;
  /** Requests were stored: what is known of their customers' ids has changed. */
  readonly stored: (requests: readonly AppendRequest[]) => void;
};

const pageSize = 1_000;
const streamsKept = 50_000;

/** Only for the thread of the one writer. */
export function createIdentityBook(
  reader: Pick<LogReader, "read" | "readStream">,
  policy: IdentityPolicy,
): IdentityBook {
  const graph = createMergeGraph();
  const taken = new Set<string>();
  let readTo: Position = 0;
  let isBehind = true;
  /** By stream: ids by system. */
  const links = new LRUCache<string, ReadonlyMap<string, number>>({ max: streamsKept });
  let wanted = new Set<string>();

  const catchUp = async (): Promise<void> => {
    while (isBehind) {
      const page = await reader.read({ after: readTo, types: identityTypes, limit: pageSize });
      for (const event of page) {
        const effect = identityEffect(event, graph);
        readTo = event.position;
        if (effect === null) continue;
        const { merge } = effect;
        if (effect.kind === "split") graph.split(merge, event.position);
        else if (await existsBefore(reader, merge.absorbed, event.position)) graph.add(merge);
        else continue;
        taken.add(event.eventId);
      }
      isBehind = page.length === pageSize;
    }
  };

  return {
    catchUp,
    lookUp: async () => {
      if (wanted.size === 0) return false;
      for (const stream of wanted) links.set(stream, await linksIn(reader, stream));
      wanted = new Set();
      return true;
    },
    stored: requests => {
      // A new customer has the id it came with; to add to what is known of others, their ids would have to be compared.
      for (const request of requests)
        for (const { stream, system, isFirst } of linkedBy(request))
          if (isFirst) links.set(stream, new Map([[system, 1]]));
          else links.delete(stream);
      isBehind ||= requests.some(({ writes }) =>
        writes.some(({ events }) => events.some(({ type }) => identityTypes.includes(type))),
      );
    },
    view: () => {
      const added = new Map<string, number>();
      const created = new Set<string>();
      const key = (survivor: CustomerId, system: string) => `${survivor} ${system}`;
      return {
        policy,
        graph,
        isSamePerson: (a, b) => a === b || graph.survivorOf(a) === graph.survivorOf(b),
        hasTaken: eventId => taken.has(eventId),
        linked: (customer, system) => {
          const survivor = graph.survivorOf(customer);
          let count = added.get(key(survivor, system)) ?? 0;
          for (const member of graph.membersOf(survivor)) {
            const stream = customerStream(member);
            const known = links.get(stream);
            if (known !== undefined) count += known.get(system) ?? 0;
            else if (!created.has(stream)) wanted.add(stream);
          }
          return count;
        },
        add: request => {
          for (const { stream, system, isFirst } of linkedBy(request)) {
            if (isFirst) created.add(stream);
            const id = customerOfStream(stream);
            if (id === null) continue;
            const place = key(graph.survivorOf(id), system);
            added.set(place, (added.get(place) ?? 0) + 1);
          }
        },
      };
    },
  };
}

type Link = { readonly stream: string; readonly system: string; readonly isFirst: boolean };

/** The identities that a request links, to which stream, and whether it is the first event of it. */
const linkedBy = ({ writes }: AppendRequest): Link[] =>
  writes.flatMap(({ stream, expected, events }) =>
    events.flatMap(({ type, data }, index) =>
      type === "identity-linked"
        ? { stream, system: String(data.system), isFirst: index === 0 && expected === "noStream" }
        : [],
    ),
  );

async function existsBefore(
  reader: Pick<LogReader, "readStream">,
  id: CustomerId,
  position: Position,
): Promise<boolean> {
  const [first] = await reader.readStream({ stream: customerStream(id), limit: 1 });
  return first !== undefined && first.position < position;
}

/** How many different ids of each system a stream links; of those erased each counts. */
async function linksIn(reader: Pick<LogReader, "read">, stream: string): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, Set<string>>();
  for (let after = 0; ; ) {
    const page = await reader.read({ stream, types: ["identity-linked"], after, limit: pageSize });
    for (const { data, eventId } of page) {
      const system = String(data.system);
      ids.set(system, (ids.get(system) ?? new Set()).add(String(data.id ?? `erased ${eventId}`)));
    }
    after = page.at(-1)?.position ?? after;
    if (page.length < pageSize) return new Map([...ids].map(([system, known]) => [system, known.size]));
  }
}
