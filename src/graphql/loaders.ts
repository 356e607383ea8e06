import DataLoader from "dataloader";
import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { CustomerId, EventId } from "../domain/ids.ts";
import type { CustomerView, IncomingRelationship, ReadSession } from "../projections/readModels.ts";
import type { CustomerTags } from "../projections/tags/storedTags.ts";

/** Batched lookups across entities, for one request: fifty customers on a page still cost one lookup. */
export type Loaders = {
  readonly customer: DataLoader<CustomerId, CustomerView | null>;
  readonly incomingRelationships: DataLoader<CustomerId, IncomingRelationship[]>;
  readonly accountParties: DataLoader<string, IncomingRelationship[]>;
  readonly tags: DataLoader<CustomerId, CustomerTags | null>;
  readonly eventAt: DataLoader<Position, RecordedEvent | null>;
  readonly eventById: DataLoader<EventId, RecordedEvent | null>;
};

/** Each is made when it is first asked for: most answers need one or none. */
export function createLoaders(session: () => ReadSession, log: () => LogReader): Loaders {
  const made: { -readonly [Name in keyof Loaders]?: Loaders[Name] } = {};
  return {
    get customer() {
      made.customer ??= new DataLoader(async ids => session().customers(ids));
      return made.customer;
    },
    get incomingRelationships() {
      made.incomingRelationships ??= new DataLoader(async ids => session().incomingRelationships(ids));
      return made.incomingRelationships;
    },
    get accountParties() {
      made.accountParties ??= new DataLoader(async refs => session().accountParties(refs));
      return made.accountParties;
    },
    get tags() {
      made.tags ??= new DataLoader(async ids => session().tagsOf(ids));
      return made.tags;
    },
    get eventAt() {
      made.eventAt ??= new DataLoader(async positions => log().readAt(positions));
      return made.eventAt;
    },
    get eventById() {
      made.eventById ??= new DataLoader(async ids => log().findById(ids));
      return made.eventById;
    },
  };
}
