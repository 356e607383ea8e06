import type { CrmFigures } from "./crmFigures.ts";
import { countsBy } from "./exactSums.ts";
import { type Ask, allNodes, type Page } from "./graphqlClient.ts";
import { localDays } from "./localDays.ts";

const timelines = /* GraphQL */ `
  query Contacts($after: Cursor) {
    customers(first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        customerId
        timeline(first: 80, types: ["customer-attributes-changed", "complaint-recorded", "call-recorded"]) {
          pageInfo { hasNextPage endCursor }
          nodes { type event { eventId stream source flags data } }
        }
      }
    }
  }
`;

const calls = /* GraphQL */ `
  query Calls($after: Cursor) {
    events(first: 100, after: $after, filter: { types: ["call-recorded"] }) {
      pageInfo { hasNextPage endCursor }
      nodes { eventId stream occurredAt data }
    }
  }
`;

type Contact = {
  readonly type: string;
  readonly event: {
    readonly eventId: string;
    readonly stream: string;
    readonly source: string;
    readonly flags: readonly string[];
    readonly data: Readonly<Record<string, string | number | boolean>>;
  };
};
type Customer = { readonly customerId: string; readonly timeline: Page<Contact> };
type Call = {
  readonly eventId: string;
  readonly stream: string;
  readonly occurredAt: string;
  readonly data: {
    readonly startedAt: string;
    readonly serviceSeconds: number;
    readonly outcome: string;
    readonly complaintId?: string;
  };
};

const { dayOf } = localDays("America/New_York");

/**
 * The CRM's figures as GraphQL answers them: profiles and complaints from the customers' timelines, calls from the log.
 * Throws when a timeline shows a call that the log knows otherwise, or one of a customer that it does not show.
 */
export async function askCrmFigures(ask: Ask): Promise<CrmFigures> {
  const customers = await allNodes(ask, timelines, (data: { customers: Page<Customer> }) => data.customers);
  const contacts = customers.flatMap(({ customerId, timeline }) => {
    if (timeline.pageInfo.hasNextPage) throw new Error(`customer ${customerId} has more contacts than one page`);
    return timeline.nodes.map(({ type, event }) => ({ customerId, type, ...event }));
  });
  const complaints = contacts.filter(({ type }) => type === "complaint-recorded");
  const calls = await askCalls(ask);
  const attributed = calls.filter(({ stream }) => stream.startsWith("customer-"));
  const shown = contacts.filter(({ type }) => type === "call-recorded").map(({ eventId, stream }) => eventId + stream);
  const known = attributed.map(({ eventId, stream }) => eventId + stream);
  if (shown.sort().join() !== known.sort().join()) throw new Error("the timelines show other calls than the log has");

  const complainant = new Map(complaints.map(({ data, customerId }) => [data.complaintId, customerId]));
  const perClient = countsBy(complaints, ({ customerId }) => customerId);
  const days = calls.map(({ occurredAt }) => dayOf(occurredAt)).sort();
  const linked = calls.filter(({ data }) => data.complaintId !== undefined);
  return {
    rows: {
      profile: contacts.filter(({ type }) => type === "customer-attributes-changed").length,
      complaint: complaints.length,
      call: calls.length,
    },
    complaint_by_product: countsBy(complaints, ({ data }) => String(data.product)),
    complaint_by_channel: countsBy(complaints, ({ data }) => String(data.channel ?? "")),
    complaint_by_year: countsBy(complaints, ({ data }) => String(data.receivedOn).slice(0, 4)),
    complaint_by_response: countsBy(complaints, ({ data }) => String(data.response ?? "")),
    untimely: complaints.filter(({ data }) => data.timely === false).length,
    clients_with_complaint: Object.keys(perClient).length,
    max_complaints_of_one_client: Math.max(...Object.values(perClient)),
    sent_before_received: complaints.filter(({ flags }) => flags.includes("answered-before-received")).length,
    calls: {
      with_client: attributed.length,
      without_client: calls.length - attributed.length,
      linked_to_a_complaint: linked.length,
      client_differs_from_complaint: linked.filter(
        ({ stream, data }) => stream !== `customer-${complainant.get(data.complaintId ?? "")}`,
      ).length,
      by_outcome: countsBy(calls, ({ data }) => data.outcome),
      service_seconds_total: calls.reduce((sum, { data }) => sum + data.serviceSeconds, 0),
      first: days[0] ?? "",
      last: days.at(-1) ?? "",
    },
  };
}

const askCalls = (ask: Ask): Promise<Call[]> => allNodes(ask, calls, (data: { events: Page<Call> }) => data.events);
