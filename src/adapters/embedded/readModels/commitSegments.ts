import type Database from "better-sqlite3";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { assertGapless, type FeedEnd } from "../../../projections/segments/feed/assertGapless.ts";
import { daysOf } from "../../../projections/segments/feed/daysOf.ts";
import { membersAtOf } from "../../../projections/segments/feed/membersAt.ts";
import type { SegmentChange, StandingSegment } from "../../../projections/segments/feed/segmentChange.ts";
import type { SegmentChanges } from "../../../projections/segments/feed/segmentTables.ts";
import { whatOf } from "./feedRows.ts";
import { blockBytes, blocksOf } from "./imageBlocks.ts";
import { queryOver } from "./query.ts";
import { embeddedSegmentTables } from "./segmentTables.ts";

/**
 * A new image of the members after so many changes: whoever asks for members reads no more than these, and where customers are many
 * an image is not much larger than they are.
 */
const imageEvery = (imageBytes: number): number => Math.max(4_096, imageBytes >>> 5);

/** Writes what changed of the segments, inside the caller's transaction. Throws, before it writes, what `assertGapless` throws. */
export function segmentWriter(database: Database.Database): (changes: SegmentChanges) => void {
  const tables = embeddedSegmentTables(queryOver(database));
  const putState = database.prepare("INSERT OR REPLACE INTO segment_states VALUES (?, ?)");
  const putEpoch = database.prepare("INSERT INTO segment_epoch VALUES (1, ?)");
  const putConsent = database.prepare("INSERT OR IGNORE INTO heard_consents VALUES (?, ?)");
  const putStanding = database.prepare(
    `INSERT INTO segment_standing (id, version, size, sequence, since_position, since_at, archived)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, size = excluded.size, sequence = excluded.sequence,
       archived = excluded.archived`,
  );
  const findNumber = database.prepare("SELECT number FROM segment_standing WHERE id = ?").pluck();
  const addImage = database.prepare("INSERT INTO segment_images VALUES (?, ?)");
  const newestImage = database
    .prepare(
      `SELECT sequence, (SELECT max(block) + 1 FROM segment_image_blocks blocks
         WHERE blocks.number = images.number AND blocks.sequence = images.sequence)
       FROM segment_images images WHERE number = ? ORDER BY sequence DESC LIMIT 1`,
    )
    .raw();
  const addBlock = database.prepare("INSERT INTO segment_image_blocks VALUES (?, ?, ?, ?)");
  const addChange = database.prepare("INSERT INTO segment_feed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const addDay = database.prepare(
    `INSERT INTO segment_days VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET entered = entered + excluded.entered, exited = exited + excluded.exited, size = excluded.size`,
  );

  const endOf = (id: SegmentId): FeedEnd | null => {
    const standing = tables.standingOf(id);
    if (standing === null) return null;
    const { size, sequence, since } = standing;
    const last = tables.reached(id, sequence);
    return { size, sequence, at: last?.at ?? since.at, reached: last?.position ?? since.position };
  };
  const writeStanding = ({ id, version, size, sequence, since, archived }: StandingSegment): void => {
    putStanding.run(id, version, size, sequence, since.position, since.at, archived ? 1 : 0);
  };
  const writeImage = (number: number, sequence: number, bits: Uint8Array): void => {
    addImage.run(number, sequence);
    for (const [block, part] of blocksOf(bits)) addBlock.run(number, sequence, block, part);
  };
  const writeFeed = (id: SegmentId, changes: readonly SegmentChange[], { size, reached }: FeedEnd): void => {
    const number = findNumber.get(id) as number;
    let highest = reached;
    for (const change of changes) {
      const { sequence, row, version, position, at, occurredAt } = change;
      highest = Math.max(highest, position);
      addChange.run(number, sequence, row, whatOf(change), version, position, highest - position, at, occurredAt);
    }
    for (const { day, entered, exited, size: after } of daysOf(changes, size))
      addDay.run(number, day, entered, exited, after);
  };
  /** Once the segment stands where its feed ends. */
  const renewImage = ({ id, sequence }: StandingSegment): void => {
    const number = findNumber.get(id) as number;
    const [newest, blocks] = newestImage.get(number) as [number, number | null];
    if (sequence - newest >= imageEvery((blocks ?? 0) * blockBytes))
      writeImage(number, sequence, membersAtOf(tables)(id, sequence));
  };

  return changes => {
    const { states, standing, feed, bases, epoch, consents = [] } = changes;
    assertGapless(changes, endOf, tables.epoch());
    if (epoch !== null) putEpoch.run(epoch);
    for (const [channel, purpose] of consents) putConsent.run(channel, purpose);
    for (const state of states) putState.run(state.id, JSON.stringify(state));
    const bits = new Map(bases.map(base => [base.id, base.bits]));
    const changesOf = Map.groupBy(feed, ({ segment }) => segment);
    for (const segment of standing) {
      const ended = endOf(segment.id);
      writeStanding(segment);
      const base = bits.get(segment.id);
      if (base !== undefined) writeImage(findNumber.get(segment.id) as number, 0, base);
      const own = changesOf.get(segment.id);
      if (own === undefined) continue;
      const { since } = segment;
      const begun = { size: segment.size - sumOf(own), sequence: 0, at: since.at, reached: since.position };
      writeFeed(segment.id, own, ended ?? begun);
      renewImage(segment);
    }
  };
}

const sumOf = (changes: readonly SegmentChange[]): number =>
  changes.reduce((sum, { kind }) => sum + (kind === "entered" ? 1 : -1), 0);
