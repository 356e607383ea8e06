import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { VersionStatus } from "../../domain/campaign/campaignCatalogue.ts";
import { CampaignStepType } from "./stepType.ts";

/* What policies and offers have in common. */

export const PublicationStatus = {
  DRAFT: "draft",
  PUBLISHED: "published",
  RETIRED: "retired",
} as const satisfies Record<string, VersionStatus>;

registerEnumType(PublicationStatus, {
  name: "PublicationStatus",
  description: "How far a policy or an offer has come.",
  valuesConfig: {
    DRAFT: { description: "No version was published yet." },
    PUBLISHED: { description: "A version is in force." },
    RETIRED: { description: "No longer in force." },
  },
});

@InputType({ description: "Which policies or offers; all that is given must hold." })
export class PublicationFilter {
  @Field(() => String, {
    nullable: true,
    description: "Words that stand in id, name, description or owner, all of them, in upper or lower case.",
  })
  search?: string | null;

  @Field(() => [PublicationStatus], {
    nullable: true,
    description: "Only these. An empty list lets nothing through.",
  })
  status?: VersionStatus[] | null;
}

/** The fields of a version; each kind has a type of its own. */
@ObjectType({ simpleResolvers: true })
export abstract class PublicationVersionFields {
  @Field(() => Int, { description: "1, 2, 3 …" })
  version!: number;

  @Field(() => CampaignStepType, { description: "Who wrote it, and when." })
  drafted!: object;

  @Field(() => CampaignStepType, {
    nullable: true,
    description: "Who published it, and when; null while nobody did.",
  })
  published!: object | null;

  @Field(() => CampaignStepType, {
    nullable: true,
    description: "When a newer version took its place or all of them ended, and by whose doing.",
  })
  ended!: object | null;
}
