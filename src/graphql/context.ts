import type { ManualTags } from "../definitions/manualTags.ts";
import type { TagDefinitions } from "../definitions/tagDefinitions.ts";
import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import type { FactCatalogue } from "../intake/catalogue.ts";
import type { Intake } from "../intake/fact.ts";
import type { Operations } from "../projections/operations.ts";
import type { ReadModels, ReadSession } from "../projections/readModels.ts";
import type { TagLibrary } from "../projections/tags/tagLibrary.ts";
import { positionNotReached } from "./errors.ts";
import { createLoaders, type Loaders } from "./loaders.ts";

/** What the API stands on; one for the life of the process. */
export type Backend = {
  readonly logId: string;
  readonly log: LogReader;
  readonly readModels: ReadModels;
  readonly intake: Intake;
  readonly catalogue: FactCatalogue;
  /** `createUpcaster(catalogue)`: for values shown as today's fields. Auditors see events as they were stored. */
  readonly upcast: (event: RecordedEvent) => RecordedEvent;
  readonly operations: Operations;
  /** The door for definitions of tags. */
  readonly definitions: TagDefinitions;
  /** The door for values set by hand, and for refreshes. */
  readonly manualTags: Pick<ManualTags, "run">;
  /** `createTagLibrary` over the same log. */
  readonly tags: TagLibrary;
  readonly now: () => Instant;
  /** How long a query with `minPosition` may wait. */
  readonly minPositionTimeoutMs: number;
};

/** One per request. Everything read through it reflects one position of the read models. */
export type RequestContext = {
  readonly backend: Backend;
  /** One instant for the whole answer, so that no two of its values were taken at different times. */
  readonly now: Instant;
  /** Opened at the first read, and the same one until `release`. */
  readonly session: () => ReadSession;
  /** A session that reflects at least `position`. Rejects with POSITION_NOT_REACHED when the wait is over. */
  readonly sessionAt: (position: Position) => ReadSession | Promise<ReadSession>;
  /** The head of the log, asked once: what comes later is not in this answer. */
  readonly logHead: () => Promise<Position>;
  readonly loaders: () => Loaders;
  /** What the answer reflects for certain, as the API writes it; null when nothing was read. */
  readonly reflectedPosition: () => string | null;
  /** Must be called when the answer is complete. Reading afterwards throws. */
  readonly release: () => void;
};

export function createRequestContext(backend: Backend): RequestContext {
  let session: ReadSession | null = null;
  let reflected: Position | null = null;
  let loaders: Loaders | null = null;
  let head: Promise<Position> | null = null;
  let knownHead: Position | null = null;
  let released = false;

  const open = (): ReadSession => {
    if (released) throw new Error("read after the request was released");
    if (session === null) {
      session = backend.readModels.open();
      reflected = session.position;
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
    backend,
    now: backend.now(),
    session: open,
    sessionAt: position => (session !== null && session.position >= position ? session : wait(position)),
    logHead: () => {
      head ??= backend.log.head().then(position => {
        knownHead = position;
        return position;
      });
      return head;
    },
    loaders: () => {
      loaders ??= createLoaders(open, backend.log);
      return loaders;
    },
    reflectedPosition: () => {
      if (reflected === null) return knownHead === null ? null : String(knownHead);
      return String(knownHead === null ? reflected : Math.min(reflected, knownHead));
    },
    release: () => {
      released = true;
      session?.release();
      session = null;
    },
  };
}
