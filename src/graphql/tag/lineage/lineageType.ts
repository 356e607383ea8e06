import { Field, ObjectType, registerEnumType } from "type-graphql";
import { FactTypeType } from "../../catalogue/factTypeType.ts";
import { TagType } from "../tagType.ts";

const LineageKind = { TAG: "tag", FACT_TYPE: "factType", SOURCE: "source" } as const;
type LineageKind = (typeof LineageKind)[keyof typeof LineageKind];

registerEnumType(LineageKind, {
  name: "TagLineageKind",
  description: "What a node of a lineage is.",
  valuesConfig: {
    TAG: { description: "A tag." },
    FACT_TYPE: { description: "A fact type." },
    SOURCE: { description: "An upstream system that sent facts of a type." },
  },
});

@ObjectType("TagLineageNode", { simpleResolvers: true, description: "A tag, fact type or source in a lineage." })
export class LineageNodeType {
  @Field(() => String, { description: "Its id in this graph; edges name it." })
  id!: string;

  @Field(() => LineageKind, { description: "What it is." })
  kind!: LineageKind;

  @Field(() => String, { description: "What to write on it." })
  label!: string;

  @Field(() => TagType, { nullable: true, description: "The tag." })
  tag!: object | null;

  @Field(() => FactTypeType, {
    nullable: true,
    description: "The fact type; null where the data standard has none of this name.",
  })
  factType!: object | null;
}

@ObjectType("TagLineageEdge", { simpleResolvers: true, description: "One thing that is made from another." })
export class LineageEdgeType {
  @Field(() => String, { description: "The node that is looked at." })
  from!: string;

  @Field(() => String, { description: "The node that looks at it." })
  to!: string;
}

@ObjectType("TagLineage", {
  simpleResolvers: true,
  description: "Where a tag comes from and where it goes, as a graph.",
})
export class LineageType {
  @Field(() => [LineageNodeType], { description: "The tag itself and everything around it, each once." })
  nodes!: readonly object[];

  @Field(() => [LineageEdgeType], { description: "What is made from what." })
  edges!: readonly object[];
}
