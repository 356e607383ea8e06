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

export function createLoaders(session: () => ReadSession, log: LogReader): Loaders {
  return {
    customer: new DataLoader(async ids => session().customers(ids)),
    incomingRelationships: new DataLoader(async ids => session().incomingRelationships(ids)),
    accountParties: new DataLoader(async refs => session().accountParties(refs)),
    tags: new DataLoader(async ids => session().tagsOf(ids)),
    eventAt: new DataLoader(async positions => log.readAt(positions)),
    eventById: new DataLoader(async ids => log.findById(ids)),
  };
}
