import { Field, ObjectType } from "type-graphql";
import { connectionOf } from "../connection/connectionOf.ts";
import { NodeType } from "../node/nodeType.ts";
import { TagKind, TagSensitivity, TagStatus } from "./tagEnums.ts";
import { TagValueTypeType } from "./tagValueType.ts";
import { TagVersionType } from "./tagVersionType.ts";

@ObjectType("Tag", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One thing that is said of every customer, worked out from the facts. Name, category and the like are those of the version in force, or of the newest where none is.",
})
export class TagType {
  @Field(() => String, { description: "Its name for machines. It never changes." })
  code!: string;

  @Field(() => String, { description: "Its name for people." })
  name!: string;

  @Field(() => String, { description: "Its path in the category tree: `behaviour/payments`." })
  category!: string;

  @Field(() => String, { description: "Who answers for it." })
  owner!: string;

  @Field(() => String, { description: "What it means." })
  description!: string;

  @Field(() => TagKind, { description: "Where its value comes from." })
  kind!: TagKind;

  @Field(() => TagStatus, { description: "How far it has come." })
  status!: TagStatus;

  @Field(() => TagSensitivity, { description: "Who may see its values." })
  sensitivity!: TagSensitivity;

  @Field(() => TagValueTypeType, { description: "The type of its values." })
  valueType!: object;

  @Field(() => TagVersionType, {
    nullable: true,
    description:
      "The version whose values queries show: the newest one published and wholly filled. Null while there is none.",
  })
  current!: object | null;

  @Field(() => TagVersionType, { nullable: true, description: "The newest draft; null where everything is published." })
  draft!: object | null;

  @Field(() => [TagVersionType], { description: "All versions, oldest first." })
  versions!: readonly object[];
}

export const TagConnection = connectionOf(() => TagType, "Tag", { counted: true });
