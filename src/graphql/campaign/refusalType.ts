import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { CampaignRefusal } from "../../domain/campaign/refusal.ts";
import { FaultType } from "../quarantine/faultType.ts";
import { CampaignType } from "./campaignType.ts";

type Refusal = Exclude<CampaignRefusal, { kind: "dependents" }>;

const CampaignRefusalReason = {
  INVALID: "invalid",
  UNKNOWN: "unknown",
  UNKNOWN_VERSION: "unknownVersion",
  WRONG_STATUS: "wrongStatus",
  SAME_AUTHOR: "sameAuthor",
  NOT_APPROVED: "notApproved",
  LOCKED: "locked",
  TOO_MANY: "tooMany",
  CONFLICT: "conflict",
} as const satisfies Record<string, Refusal["kind"]>;

registerEnumType(CampaignRefusalReason, {
  name: "CampaignRefusalReason",
  description: "Why something was not done to a campaign, a policy or an offer.",
  valuesConfig: {
    INVALID: { description: "What was given is wrong; `faults` say where and how." },
    UNKNOWN: { description: "There is none of this id." },
    UNKNOWN_VERSION: { description: "It has no such version." },
    WRONG_STATUS: { description: "Not possible in the state that it, or this version of it, is in." },
    SAME_AUTHOR: { description: "Whoever drafted a version of a campaign cannot approve it." },
    NOT_APPROVED: { description: "No version of the campaign was approved." },
    LOCKED: { description: "The campaign has started, and the `fields` stay as they are." },
    TOO_MANY: { description: "More than there may be." },
    CONFLICT: { description: "Others changed it at the same time; ask again." },
  },
});

@ObjectType("CampaignRefused", {
  simpleResolvers: true,
  description: "A command about a campaign, a policy or an offer was refused, and nothing was recorded.",
})
export class CampaignRefused {
  @Field(() => CampaignRefusalReason, { description: "Why, as a code." })
  reason!: Refusal["kind"];

  @Field(() => String, {
    nullable: true,
    description: "The bare id of the campaign, policy or offer, where it is known.",
  })
  subjectId!: string | null;

  // Not `version`, which is never null where the command was carried out: both can be asked for in one operation.
  @Field(() => Int, { nullable: true, description: "The version that was meant, where it is about one." })
  refusedVersion!: number | null;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [String], {
    description: "Of LOCKED: what would have to stay as it is, each by its path: `assignment.arms[1].share`.",
  })
  fields!: readonly string[];

  @Field(() => [FaultType], {
    description: "All that is wrong with what was given, each with its path: `audience.all[2].tag.atLeast`.",
  })
  faults!: readonly object[];
}

@ObjectType("CampaignDependent", {
  simpleResolvers: true,
  description: "A campaign, approved and not finished, that names a policy or an offer.",
})
export class CampaignDependent {
  @Field(() => String, { description: "Its id." })
  campaignId!: string;

  @Field(() => Int, { description: "Its version in force." })
  version!: number;

  @Field(() => String, { description: "What it would lose." })
  reason!: string;

  @Field(() => CampaignType, { nullable: true, description: "The campaign." })
  campaign!: object | null;
}

@ObjectType("UsedByCampaigns", {
  simpleResolvers: true,
  description: "It was refused because campaigns that are approved and not finished name it.",
})
export class UsedByCampaigns {
  // As in CampaignRefused, so that both can be asked for by one name.
  @Field(() => String, { nullable: true, description: "The bare id of the policy or offer." })
  subjectId!: string | null;

  @Field(() => String, { description: "Why, and what to do." })
  message!: string;

  @Field(() => [CampaignDependent], { description: "The campaigns." })
  dependents!: readonly object[];
}

/** A refusal in the API's words: a `CampaignRefused`, or a `UsedByCampaigns`. */
export function campaignRefusal(refusal: CampaignRefusal): object {
  if (refusal.kind === "dependents") {
    const dependents = refusal.dependents.map(({ id, ...dependent }) => ({ campaignId: id, ...dependent }));
    return { subjectId: refusal.id, message: refusal.message, dependents };
  }
  return {
    reason: refusal.kind,
    subjectId: "id" in refusal ? refusal.id : null,
    refusedVersion: "version" in refusal ? refusal.version : null,
    message: refusal.message,
    fields: refusal.kind === "locked" ? refusal.fields : [],
    faults: refusal.kind === "invalid" ? refusal.faults : [],
  } satisfies CampaignRefused;
}
