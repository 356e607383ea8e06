import type { ReceiptDoor } from "../campaigns/receipts.ts";
import type { CampaignDefinitions } from "../definitions/campaignDefinitions.ts";
import type { ManualTags } from "../definitions/manualTags.ts";
import type { SegmentDefinitions } from "../definitions/segmentDefinitions.ts";
import type { TagDefinitions } from "../definitions/tagDefinitions.ts";
import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import type { FactCatalogue } from "../intake/catalogue.ts";
import type { Intake } from "../intake/fact.ts";
import type { Operations } from "../projections/operations.ts";
import type { MaybePromise, ReadModels, ReadSession } from "../projections/readModels.ts";
import type { SegmentPreview } from "../projections/segments/preview/segmentPreview.ts";
import type { TagLibrary } from "../projections/tags/tagLibrary.ts";
import { answerScope, nothingRecorded } from "./answers/answerScope.ts";
import { type AnswerTrace, holdsIn } from "./answers/answerTrace.ts";
import { recordedReads } from "./answers/recordedReads.ts";

import type { EffectWatch } from "./campaign/effects/effectWatch.ts";

import type { CommitWatch } from "./campaign/feed/commitWatch.ts";

import { positionNotReached } from "./errors.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { FeedWatch } from "./segment/feed/feedWatch.ts";

/** What the API stands on; one for the life of the process. */
export type Backend = {
  readonly logId: string;
  readonly log: LogReader;
  readonly readModels: ReadModels;
  readonly intake: Intake;
  /** The door for what channels tell of their messages. */
  readonly receipts: ReceiptDoor;
  readonly catalogue: FactCatalogue;
  /** `createUpcaster(catalogue)`: for values shown as today's fields. Auditors see events as they were stored. */
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  readonly operations: Operations;
  /** The door for definitions of tags. */
  readonly definitions: TagDefinitions;
  /** The door for definitions of segments. */
  readonly segmentDefinitions: SegmentDefinitions;
  /** The door for definitions of campaigns, policies and offers. */
  readonly campaignDefinitions: CampaignDefinitions;
  /** Rules worked out over all customers at once. */
  readonly preview: SegmentPreview;
  /** The door for values set by hand, and for refreshes. */
  readonly manualTags: Pick<ManualTags, "run">;
  /** `createTagLibrary` over the same log. */
  readonly tags: TagLibrary;
  /** `createFeedWatch` over the same read models. */
  readonly segmentFeeds: FeedWatch;
  /** `createEffectWatch` over the same read models. */
  readonly effectUpdates: EffectWatch;
  /** `createCommitWatch` over the same read models. */
  readonly commits: CommitWatch;
  readonly now: () => Instant;
  /** How long a query with `minPosition` may wait. */
  readonly minPositionTimeoutMs: number;
};

/**
 * One per request. Everything read through it reflects one position of the read models. While it records, all that an
 * answer can depend on leaves a trace here; whatever is not known to leave one makes the answer one that is not remembered.
 */
export type RequestContext = {
  readonly backend: Backend;
  /** One instant for the whole answer, so that no two of its values were taken at different times. */
  readonly now: Instant;
  /** The same instant, for a value that stays what it is until `next` (null: for good): such an answer can be remembered. */
  readonly nowUntil: (next: (now: Instant) => MaybePromise<Instant | null>) => Instant;
  /** Opened at the first read, and the same one until `release`. */
  readonly session: () => ReadSession;
  /** A session that reflects at least `position`. Rejects with POSITION_NOT_REACHED when the wait is over. */
  readonly sessionAt: (position: Position) => ReadSession | Promise<ReadSession>;
  /** The head of the log, asked once: what comes later is not in this answer. */
  readonly logHead: () => Promise<Position>;
  readonly loaders: () => Loaders;
  /** What the answer reflects for certain, as the API writes it; null when nothing was read. */
  readonly reflectedPosition: () => string | null;
  /** What the answer so far depends on; null when it is not one to remember, or nothing is recorded. */
  readonly trace: () => AnswerTrace | null;
  /** Whether this request would read again what an earlier answer depended on. If so, the answer reflects this session. */
  readonly holds: (trace: AnswerTrace) => boolean;
  /** Must be called when the answer is complete. Reading afterwards throws. */
  readonly release: () => void;
};

export function createRequestContext(backend: Backend, recording = false): RequestContext {
  const answer = recording ? answerScope() : nothingRecorded;
  const now = backend.now();
  let session: ReadSession | null = null;
  let reflected: Position | null = null;
  let loaders: Loaders | null = null;
  let head: Promise<Position> | null = null;
  let knownHead: Position | null = null;
  let released = false;

  const open = (): ReadSession => {
    if (released) throw new Error("read after the request was released");
    if (session === null) {
      const opened = backend.readModels.open();
      session = recording ? recordedReads(opened, answer) : opened;
      reflected = opened.position;
    }
    return session;
  };

  const wait = async (position: Position): Promise<ReadSession> => {
    const reached = await backend.readModels.waitFor(position, backend.minPositionTimeoutMs);
    const current = open();
    if (reached && current.position >= position) return current;
    throw positionNotReached(position, current.position, backend.minPositionTimeoutMs);
  };

  return {
    get backend() {
      answer.notRememberable();
      return backend;
    },
    get now() {
      answer.notRememberable();
      return now;
    },
    nowUntil: next => {
      if (recording) answer.validUntil(next(now));
      return now;
    },
    session: open,
    sessionAt: position => {
      answer.notRememberable();
      return session !== null && session.position >= position ? session : wait(position);
    },
    logHead: () => {
      answer.notRememberable();
      head ??= backend.log.head().then(position => {
        knownHead = position;
        return position;
      });
      return head;
    },
    loaders: () => {
      loaders ??= createLoaders(open, () => {
        answer.notRememberable();
        return backend.log;
      });
      return loaders;
    },
    reflectedPosition: () => {
      if (reflected === null) return knownHead === null ? null : String(knownHead);
      return String(knownHead === null ? reflected : Math.min(reflected, knownHead));
    },
    trace: () => (session === null ? null : answer.trace(now, session)),
    holds: trace => {
      let opened: ReadSession | null = null;
      try {
        opened = backend.readModels.open();
        const same = holdsIn(trace, opened, now);
        if (same) reflected = opened.position;
        return same;
      } catch {
        return false; // making the answer anew meets the same failure, and can tell it
      } finally {
        opened?.release();
      }
    },
    release: () => {
      released = true;
      session?.release();
      session = null;
    },
  };
}
