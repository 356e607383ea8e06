import type { ReadModels, ReadSession } from "../../../projections/readModels.ts";
import type { FeedWatch } from "../../segment/feed/feedWatch.ts";

/** Where segments and their changes are read from. */
export type FeedSource = {
  readonly logId: string;
  readonly readModels: Pick<ReadModels, "open">;
  readonly segmentFeeds: FeedWatch;
};

/** One look: everything in it reflects one position of the log. */
export async function look<Value>(
  { readModels }: FeedSource,
  read: (session: ReadSession) => Value | Promise<Value>,
): Promise<Value> {
  const session = readModels.open();
  try {
    return await read(session);
  } finally {
    session.release();
  }
}
