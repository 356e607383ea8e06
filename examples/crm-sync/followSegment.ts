import { createClient } from "graphql-ws";
import type { Change, Place } from "./crmStore.ts";

const query = `subscription ($segment: ID!, $after: String!) {
  message: segmentChanges(segmentId: $segment, after: $after) {
    __typename
    ... on SegmentChanges { token sequence changes { sequence kind customerId } }
    ... on SegmentResync { message }
    ... on SegmentFeedEnded { token sequence }
    ... on SegmentFeedRefused { message }
  }
}`;
export type Message =
  | ({ readonly __typename: "SegmentChanges"; readonly changes: readonly Change[] } & Place)
  | ({ readonly __typename: "SegmentFeedEnded" } & Place)
  | { readonly __typename: "SegmentResync" | "SegmentFeedRefused"; readonly message: string };

const askEveryMs = 10_000;

/**
 * What follows a token, over one connection: it ends with the connection, by throwing what ended it. Coming again is left to
 * the caller, who knows the newest token; the client's own retries would ask for the same changes once more.
 */
export async function* followSegment(
  url: string,
  segment: string,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<Message> {
  let unanswered: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    retryAttempts: 0,
    keepAlive: askEveryMs,
    // A connection that died without a word is found out by a ping that nobody answers.
    on: {
      ping: received => {
        if (!received) unanswered = setTimeout(() => client.terminate(), askEveryMs / 2);
      },
      pong: received => {
        if (received) clearTimeout(unanswered);
      },
    },
  });
  const stop = () => void client.dispose();
  signal.addEventListener("abort", stop);
  try {
    const variables = { segment, after };
    for await (const { data, errors } of client.iterate<{ message: Message }>({ query, variables })) {
      if (data == null || errors !== undefined) throw new Error(errors?.[0]?.message ?? "a message without data");
      yield data.message;
    }
  } finally {
    clearTimeout(unanswered);
    signal.removeEventListener("abort", stop);
    await client.dispose();
  }
}
