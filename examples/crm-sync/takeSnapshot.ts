import type { CrmStore, Place } from "./crmStore.ts";

const query = `query ($segment: ID!, $after: Cursor) {
  snapshot: segmentSnapshot(segmentId: $segment, first: 1000, after: $after) {
    ... on SegmentSnapshot { token sequence customerIds next }
    ... on SegmentFeedRefused { message }
  }
}`;
type Page = Place & { readonly customerIds: readonly string[]; readonly next: string | null };
type Answer = {
  readonly data?: { readonly snapshot: Page | { readonly message: string } } | null;
  readonly errors?: readonly { readonly message: string }[];
};

/** Takes all members as of one change. Throws where the server cannot be asked, or has none to tell. */
export async function takeSnapshot(url: string, segment: string, store: CrmStore): Promise<Place> {
  store.beginSnapshot();
  let after: string | null = null;
  for (;;) {
    const page: Page = await ask(url, { segment, after });
    store.addToSnapshot(page.customerIds);
    if (page.next === null) {
      const { token, sequence } = page;
      store.adopt(segment, { token, sequence });
      return { token, sequence };
    }
    after = page.next;
  }
}

async function ask(url: string, variables: object): Promise<Page> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (data == null || errors !== undefined) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
  if ("message" in data.snapshot) throw new Error(data.snapshot.message);
  return data.snapshot;
}
