import { registerEnumType } from "type-graphql";

export const SegmentChangeKind = { ENTERED: "entered", EXITED: "exited" } as const;

registerEnumType(SegmentChangeKind, {
  name: "SegmentChangeKind",
  description: "Which way a customer went.",
  valuesConfig: {
    ENTERED: { description: "The customer became a member." },
    EXITED: { description: "The customer is no member any more." },
  },
});

export const SegmentChangeCause = {
  FACT: "fact",
  CLOCK: "clock",
  DEFINITION: "definition",
  BACKFILL: "backfill",
  MERGE: "merge",
  REBUILD: "rebuild",
} as const;

registerEnumType(SegmentChangeCause, {
  name: "SegmentChangeCause",
  description: "Why it came about.",
  valuesConfig: {
    FACT: { description: "A fact arrived." },
    CLOCK: { description: "Time went by." },
    DEFINITION: { description: "Another version of the segment, or of one it names, took effect." },
    BACKFILL: { description: "Another version of a tag took effect." },
    MERGE: { description: "Customers were merged or split." },
    REBUILD: { description: "The read models were rebuilt from the facts, and found it otherwise." },
  },
});

/** One for both kinds of bad news: a client selects `reason` of either without renaming one. */
export const SegmentFeedReason = {
  OTHER_LOG: "otherLog",
  FEED_BEGUN_ANEW: "feedBegunAnew",
  AHEAD: "ahead",
  UNKNOWN_SEGMENT: "unknownSegment",
  NOT_PUBLISHED: "notPublished",
  TOKEN_MALFORMED: "malformedToken",
  TOKEN_OF_OTHER_SEGMENT: "otherSegment",
} as const;

registerEnumType(SegmentFeedReason, {
  name: "SegmentFeedReason",
  description: "Why a segment's changes cannot be told, or not after this token.",
  valuesConfig: {
    OTHER_LOG: { description: "The token was given out by another system, or before its log was replaced." },
    FEED_BEGUN_ANEW: { description: "The changes were begun anew since the token was given out." },
    AHEAD: { description: "The token tells of changes that are not there, as after an older backup was restored." },
    UNKNOWN_SEGMENT: { description: "There is no segment of this id." },
    NOT_PUBLISHED: { description: "Its members are not kept yet: it is a draft, or they are being found." },
    TOKEN_MALFORMED: { description: "`after` is no token as it was given out." },
    TOKEN_OF_OTHER_SEGMENT: { description: "`after` is a token of another segment." },
  },
});
