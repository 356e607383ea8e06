import { Field, ObjectType, registerEnumType } from "type-graphql";
import { FactTypeType } from "../../catalogue/factTypeType.ts";
import { TagType } from "../tagType.ts";

export const LineageDirection = { UP: "up", DOWN: "down", BOTH: "both" } as const;
export type LineageDirection = (typeof LineageDirection)[keyof typeof LineageDirection];

registerEnumType(LineageDirection, {
  name: "TagLineageDirection",
  description: "Which way to look.",
  valuesConfig: {
    UP: { description: "What the tag is made of." },
    DOWN: { description: "What is made of the tag." },
    BOTH: { description: "Both." },
  },
});

const LineageKind = { TAG: "tag", FACT_TYPE: "factType" } as const;
type LineageKind = (typeof LineageKind)[keyof typeof LineageKind];

registerEnumType(LineageKind, {
  name: "TagLineageKind",
  description: "What a node of a lineage is.",
  valuesConfig: { TAG: { description: "A tag." }, FACT_TYPE: { description: "A fact type." } },
});

const LineageReach = { OWN: "own", RELATED: "related", EVERYONE: "everyone" } as const;
type LineageReach = (typeof LineageReach)[keyof typeof LineageReach];

registerEnumType(LineageReach, {
  name: "TagLineageReach",
  description: "Whose values are looked at.",
  valuesConfig: {
    OWN: { description: "The same customer's." },
    RELATED: { description: "Those of related customers." },
    EVERYONE: { description: "Those of the whole population." },
  },
});

@ObjectType("TagLineageNode", { simpleResolvers: true, description: "A tag or fact type in a lineage." })
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
    description: "The fact type; null for one that no source sends, such as `tag-assigned`.",
  })
  factType!: object | null;
}

@ObjectType("TagLineageEdge", { simpleResolvers: true, description: "One thing that is made from another." })
export class LineageEdgeType {
  @Field(() => String, { description: "The node that is looked at." })
  from!: string;

  @Field(() => String, { description: "The node that looks at it." })
  to!: string;

  @Field(() => LineageReach, { description: "Whose values are looked at." })
  of!: LineageReach;
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
