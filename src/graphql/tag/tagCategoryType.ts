import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("TagCategory", {
  simpleResolvers: true,
  description: "One category of the tree, with how many tags it has.",
})
export class TagCategoryType {
  @Field(() => String, { description: "The whole path: `behaviour/payments`." })
  path!: string;

  @Field(() => String, { description: "Its last step: `payments`." })
  name!: string;

  @Field(() => String, { nullable: true, description: "The path above it; null at the top." })
  parent!: string | null;

  @Field(() => Int, { description: "Tags in this very category." })
  own!: number;

  @Field(() => Int, { description: "Tags in it and in all below it." })
  total!: number;
}
