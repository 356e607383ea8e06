import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from "type-graphql";
import type { Position } from "../../../domain/event.ts";
import { SegmentId } from "../../../domain/segment/segment.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { decodeCursor, encodeCursor } from "../../connection/cursor.ts";
import { tupleKey } from "../../connection/keyFormat.ts";
import type { KeysetList } from "../../connection/keysetList.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput, cursorInvalid } from "../../errors.ts";
import { whenReady } from "../../maybePromise.ts";
import { minPositionOption, openSession } from "../../minPosition.ts";
import { keyOfId } from "../../node/globalId.ts";
import { CursorText } from "../../scalars/cursor.ts";
import { PositionText } from "../../scalars/position.ts";
import { readSnapshot, type SnapshotPlace } from "./readSnapshot.ts";
import { SegmentSnapshotResult } from "./snapshotType.ts";

const largestPage = 1_000;

@Resolver()
export class SnapshotQuery {
  @Query(() => SegmentSnapshotResult, {
    description: "The members of a segment as of its newest change, with the token to follow its changes from.",
  })
  segmentSnapshot(
    @Arg("segmentId", () => ID, { description: "The segment, by its id or its global id." }) segmentId: string,
    @Arg("first", () => Int, { defaultValue: 500, description: `Members on this page at most: 1 to ${largestPage}.` })
    first: number,
    @Arg("after", () => CursorText, { nullable: true, description: "`next` of the page before." })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<object> {
    const id = keyOfId("Segment", segmentId, SegmentId.parse, "segmentId");
    if (first < 1 || first > largestPage)
      throw badUserInput("first", `\`first\` is ${first}; it can be 1 to ${largestPage}.`);
    return whenReady(openSession(context, info), session => {
      const list = snapshotList(id, session.segmentEpoch());
      const place = after == null ? null : decodeCursor(list, after, "after");
      return whenReady(readSnapshot(session, context.backend.logId, id, place, first), page => {
        if (page === null) throw cursorInvalid("after");
        if ("kind" in page) return page;
        return { ...page, next: page.next === null ? null : encodeCursor(list, page.next) };
      });
    });
  }
}

/** Sequences mean something else in another epoch, so its cursors are those of another list. */
const snapshotList = (id: SegmentId, epoch: string | null): KeysetList<SnapshotPlace, SnapshotPlace> => ({
  name: `segment-snapshot:${epoch}:${id}`,
  format: tupleKey("sequence", "row"),
  keyOf: place => place,
  fetch: () => [],
});
