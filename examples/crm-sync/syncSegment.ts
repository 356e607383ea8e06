import { setTimeout as pause } from "node:timers/promises";
import { ChangesMissing, type CrmStore } from "./crmStore.ts";
import { followSegment } from "./followSegment.ts";
import { takeSnapshot } from "./takeSnapshot.ts";

export type SyncOptions = {
  readonly url: string;
  readonly segment: string;
  readonly store: CrmStore;
  readonly say: (text: string) => void;
  /** Ends it between two messages. */
  readonly signal: AbortSignal;
};

const [shortestMs, longestMs] = [100, 10_000];

/** Keeps the stored members equal to the segment's, whatever breaks, until it is aborted or the segment is archived. */
export async function syncSegment(options: SyncOptions): Promise<void> {
  const { segment, store, say, signal } = options;
  let waitMs = shortestMs;
  let resync = false;
  while (!signal.aborted) {
    try {
      if (resync || store.place(segment) === null) {
        const { sequence } = await takeSnapshot(options.url, segment, store);
        say(`took ${store.size(segment)} members as of change ${sequence}`);
        resync = false;
      }
      const next = await follow(options, () => {
        waitMs = shortestMs;
      });
      if (next === "ended") return;
      resync = next === "resync";
    } catch (error) {
      if (signal.aborted) return;
      resync ||= error instanceof ChangesMissing;
      say(`${reasonOf(error)}; coming again in ${Math.round(waitMs)} ms`);
    }
    // Many clients that lost one server do not come back at one moment.
    await pause(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    waitMs = Math.min(2 * waitMs, longestMs);
  }
}

async function follow(
  { url, segment, store, say, signal }: SyncOptions,
  onMessage: () => void,
): Promise<"again" | "resync" | "ended"> {
  const { token, sequence } = store.place(segment)!;
  say(`following after change ${sequence}`);
  for await (const message of followSegment(url, segment, token, signal)) {
    switch (message.__typename) {
      case "SegmentChanges": {
        store.apply(segment, message.changes, message);
        onMessage();
        const entered = message.changes.filter(({ kind }) => kind === "ENTERED").length;
        const exited = message.changes.length - entered;
        say(`change ${message.sequence}: ${entered} entered, ${exited} exited, ${store.size(segment)} members`);
        break;
      }
      case "SegmentFeedEnded":
        say(`the segment was archived after change ${message.sequence}`);
        return "ended";
      case "SegmentResync":
        say(message.message);
        return "resync";
      case "SegmentFeedRefused":
        throw new Error(message.message);
    }
  }
  return "again";
}

/** A socket's close is no Error, but an event with a code and a reason. */
function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === "object" && error !== null && "code" in error)
    return `closed (${error.code}${"reason" in error && error.reason ? `: ${error.reason}` : ""})`;
  return Array.isArray(error) ? error.map(({ message }) => message).join("; ") : "the connection broke";
}
