import { Field, ObjectType } from "type-graphql";
import { CampaignVersionStatus } from "../campaign/campaignEnums.ts";
import { PublicationStatus, PublicationVersionFields } from "../campaign/versionedType.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { Json } from "../scalars/json.ts";

@ObjectType("PolicyVersion", {
  simpleResolvers: true,
  description: "One version of a policy's definition. It never changes.",
})
export class PolicyVersionType extends PublicationVersionFields {
  @Field(() => CampaignVersionStatus, { description: "How far it has come." })
  status!: CampaignVersionStatus;

  @Field(() => Json, { description: "The definition, in the JSON that `draftPolicy` takes and definition files hold." })
  definition!: object;

  @Field(() => String, { description: "What it says, as sentences." })
  sentence!: string;
}

@ObjectType("Policy", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "The rules of contact that campaigns share: suppression, holdout, caps and quiet hours. Name, definition and the like are those of the version in force, or of the newest where none is.",
})
export class PolicyType {
  @Field(() => String, { description: "Its name for machines. It never changes." })
  policyId!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it is." })
  description!: string;

  @Field(() => PublicationStatus, { description: "How far it has come." })
  status!: string;

  @Field(() => Json, { description: "What it says, in the JSON that `draftPolicy` takes." })
  definition!: object;

  @Field(() => String, { description: "The same as sentences." })
  sentence!: string;

  @Field(() => PolicyVersionType, { nullable: true, description: "The version in force; null where none is." })
  current!: object | null;

  @Field(() => PolicyVersionType, { nullable: true, description: "The draft that waits to be published." })
  draft!: object | null;

  @Field(() => [PolicyVersionType], { description: "Every version there ever was, by number." })
  versions!: readonly object[];
}

export const PolicyConnection = connectionOf(() => PolicyType, "Policy");
