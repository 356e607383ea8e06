import type Database from "better-sqlite3";
import type { SessionReads } from "../../../projections/readSession.ts";
import type { MembersMemory } from "../../../projections/segments/feed/membersAt.ts";
import { storedSegmentReads } from "../../../projections/segments/feed/storedSegmentReads.ts";
import { storedTagReads } from "../../../projections/tags/storedTagReads.ts";
import { accountReads } from "./accountReads.ts";
import { embeddedCampaignTables } from "./campaignTables.ts";
import type { CustomerMemory } from "./customerMemory.ts";
import { customerReads } from "./customerReads.ts";
import { matchReads } from "./matchTables.ts";
import { mergeReads } from "./mergeReads.ts";
import { qualityReads } from "./qualityReads.ts";
import { quarantineReads } from "./quarantineReads.ts";
import { queryOver } from "./query.ts";
import { embeddedSegmentTables } from "./segmentTables.ts";
import { embeddedTagTables } from "./tagTables.ts";

/**
 * Every read of a session over one connection; what it sees is up to the connection's transaction. `memory` and
 * `members` are those of the generation.
 */
export function sessionReads(
  database: Database.Database,
  memory: CustomerMemory,
  members: MembersMemory,
): SessionReads {
  const query = queryOver(database);
  const { membersBelow, ...merges } = mergeReads(query);
  const { viewOf, ...customers } = customerReads(query, memory, membersBelow);
  return {
    ...customers,
    ...merges,
    ...matchReads(query),
    ...accountReads(query, viewOf),
    ...quarantineReads(query),
    ...qualityReads(query),
    ...storedTagReads(embeddedTagTables(query)),
    ...storedSegmentReads(embeddedSegmentTables(query), members),
    ...embeddedCampaignTables(query),
  };
}
