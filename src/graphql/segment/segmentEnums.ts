import { registerEnumType } from "type-graphql";

export const SegmentStatus = { DRAFT: "draft", PUBLISHED: "published", ARCHIVED: "archived" } as const;
export type SegmentStatus = (typeof SegmentStatus)[keyof typeof SegmentStatus];

registerEnumType(SegmentStatus, {
  name: "SegmentStatus",
  description: "How far a segment has come.",
  valuesConfig: {
    DRAFT: { description: "No version was published yet." },
    PUBLISHED: { description: "A version is in force." },
    ARCHIVED: { description: "No longer in force; its changes can still be read." },
  },
});

export const SegmentVersionStatus = {
  DRAFT: "draft",
  SUPERSEDED: "superseded",
  FILLING: "filling",
  IN_FORCE: "inForce",
  ENDED: "ended",
} as const;
export type SegmentVersionStatus = (typeof SegmentVersionStatus)[keyof typeof SegmentVersionStatus];

registerEnumType(SegmentVersionStatus, {
  name: "SegmentVersionStatus",
  description: "How far one version of a segment has come.",
  valuesConfig: {
    DRAFT: { description: "Written down, not published." },
    SUPERSEDED: { description: "A draft that a newer draft replaced." },
    FILLING: {
      description:
        "Published; what its rule needs is being worked out, and members are still those of the version before.",
    },
    IN_FORCE: { description: "Published, and members are kept by it." },
    ENDED: { description: "A newer version took its place, or the segment was archived." },
  },
});
