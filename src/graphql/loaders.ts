import DataLoader from "dataloader";
import type { CampaignState, OfferState, PolicyState } from "../domain/campaign/campaignCatalogue.ts";
import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import type { CustomerId, EventId } from "../domain/ids.ts";
import { stateOf } from "../projections/campaigns/campaignReads.ts";
import { followUpRows } from "../projections/campaigns/followUpRows.ts";
import { waitingSends } from "../projections/campaigns/waitingSends.ts";
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
  readonly campaign: DataLoader<string, CampaignState | null>;
  readonly policy: DataLoader<string, PolicyState | null>;
  readonly offer: DataLoader<string, OfferState | null>;
  /** All receipts and responses of a customer, in the order in which they happened. */
  readonly followUps: DataLoader<CustomerId, readonly RecordedEvent[]>;
  /** Sends of a campaign that no channel has taken; `exact` false: not all that wait were counted. */
  readonly waitingSends: DataLoader<string, { readonly sends: number; readonly exact: boolean }>;
};

/** A count over the whole outbox ends here, at some tens of milliseconds. */
const mostCountedSends = 100_000;

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
    get campaign() {
      made.campaign ??= new DataLoader(async ids => ids.map(id => stateOf(session(), "campaign", id)));
      return made.campaign;
    },
    get policy() {
      made.policy ??= new DataLoader(async ids => ids.map(id => stateOf(session(), "policy", id)));
      return made.policy;
    },
    get offer() {
      made.offer ??= new DataLoader(async ids => ids.map(id => stateOf(session(), "offer", id)));
      return made.offer;
    },
    get followUps() {
      made.followUps ??= new DataLoader(async ids => {
        const rows = await Promise.all(ids.map(id => followUpRows(session(), id)));
        const events = await log().readAt(rows.flat().map(({ position }) => position));
        let read = 0;
        return rows.map(own => {
          const told = events.slice(read, read + own.length);
          read += own.length;
          return told.filter(event => event !== null);
        });
      });
      return made.followUps;
    },
    get waitingSends() {
      made.waitingSends ??= new DataLoader(async ids => {
        const { byCampaign, exact } = waitingSends(session(), mostCountedSends);
        return ids.map(id => ({ sends: byCampaign.get(id) ?? 0, exact }));
      });
      return made.waitingSends;
    },
  };
}
