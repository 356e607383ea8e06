import { Field, ObjectType } from "type-graphql";
import { CampaignVersionStatus } from "../campaign/campaignEnums.ts";
import { PublicationStatus, PublicationVersionFields } from "../campaign/versionedType.ts";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { Json } from "../scalars/json.ts";

@ObjectType("OfferVersion", {
  simpleResolvers: true,
  description: "One version of an offer's definition. It never changes.",
})
export class OfferVersionType extends PublicationVersionFields {
  @Field(() => CampaignVersionStatus, { description: "How far it has come." })
  status!: CampaignVersionStatus;

  @Field(() => Json, { description: "The definition, in the JSON that `draftOffer` takes and definition files hold." })
  definition!: object;

  @Field(() => String, { description: "What it says, as sentences." })
  sentence!: string;
}

@ObjectType("Offer", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "Something of which each customer is made the best one. Name, definition and the like are those of the version in force, or of the newest where none is.",
})
export class OfferType {
  @Field(() => String, { description: "Its name for machines. It never changes." })
  offerId!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it is." })
  description!: string;

  @Field(() => PublicationStatus, { description: "How far it has come." })
  status!: string;

  @Field(() => Json, { description: "What it says, in the JSON that `draftOffer` takes." })
  definition!: object;

  @Field(() => String, { description: "The same as sentences." })
  sentence!: string;

  @Field(() => OfferVersionType, { nullable: true, description: "The version in force; null where none is." })
  current!: object | null;

  @Field(() => OfferVersionType, { nullable: true, description: "The draft that waits to be published." })
  draft!: object | null;

  @Field(() => [OfferVersionType], { description: "Every version there ever was, by number." })
  versions!: readonly object[];
}

export const OfferConnection = connectionOf(() => OfferType, "Offer");
