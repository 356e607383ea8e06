import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { ManualTagRefusal } from "../../definitions/manualTags.ts";
import type { TagRefusal } from "../../domain/tag/refusal.ts";
import { FaultType } from "../quarantine/faultType.ts";

const TagRefusalReason = {
  INVALID: "invalid",
  UNKNOWN_TAG: "unknownTag",
  UNKNOWN_VERSION: "unknownVersion",
  WRONG_STATUS: "wrongStatus",
  WRONG_KIND: "wrongKind",
  TOO_MANY: "tooMany",
  CONFLICT: "conflict",
  UNKNOWN_CUSTOMER: "unknownCustomer",
  SECOND_PERSON_NEEDED: "secondPersonNeeded",
  REQUEST_ID_REUSED: "requestIdReused",
  UNKNOWN_PROPOSAL: "unknownProposal",
  NOT_YOURS: "notYours",
  PROPOSAL_SETTLED: "proposalSettled",
  PROPOSAL_CHANGED: "proposalChanged",
} as const satisfies Record<string, Exclude<TagRefusal["kind"], "dependents"> | ManualTagRefusal["kind"]>;
type TagRefusalReason = (typeof TagRefusalReason)[keyof typeof TagRefusalReason];

registerEnumType(TagRefusalReason, {
  name: "TagRefusalReason",
  description: "Why something was not done to a tag.",
  valuesConfig: {
    INVALID: { description: "What was given is wrong; `faults` say where and how." },
    UNKNOWN_TAG: { description: "There is no tag of this code." },
    UNKNOWN_VERSION: { description: "The tag has no such version." },
    WRONG_STATUS: { description: "Not possible in the state the tag or version is in." },
    WRONG_KIND: { description: "Not for tags of this kind." },
    TOO_MANY: { description: "More than there may be." },
    CONFLICT: { description: "Others changed the tag at the same time; ask again." },
    UNKNOWN_CUSTOMER: { description: "Nobody is known by this id." },
    SECOND_PERSON_NEEDED: { description: "The tag's sensitivity asks for a proposal that a second person approves." },
    REQUEST_ID_REUSED: { description: "The request id was used before for something else." },
    UNKNOWN_PROPOSAL: { description: "The tag has no such proposal." },
    NOT_YOURS: { description: "Somebody else made the proposal, or it is one's own where a second person is needed." },
    PROPOSAL_SETTLED: { description: "The proposal was approved, rejected, or has lapsed." },
    PROPOSAL_CHANGED: { description: "The proposal holds another number of assignments than the approver has seen." },
  },
});

@ObjectType("TagRefused", { simpleResolvers: true, description: "It was refused, and nothing was recorded." })
export class TagRefused {
  @Field(() => TagRefusalReason, { description: "Why, as a code." })
  reason!: TagRefusalReason;

  @Field(() => String, { nullable: true, description: "The tag's code, where it is known." })
  code!: string | null;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [FaultType], {
    description:
      "All that is wrong with what was given, each with its path: `rule.statistic.facts.where.all[1].field`.",
  })
  faults!: readonly object[];
}

type Refusal = Exclude<TagRefusal, { kind: "dependents" }> | ManualTagRefusal;

export const tagRefused = (refusal: Refusal): TagRefused => ({
  reason: refusal.kind,
  code: "code" in refusal ? refusal.code : null,
  message: refusal.message,
  faults: refusal.kind === "invalid" ? refusal.faults : [],
});
