import { Field, ObjectType, registerEnumType } from "type-graphql";
import { FactTypeType } from "../../catalogue/factTypeType.ts";
import { TagType } from "../../tag/tagType.ts";
import { SegmentType } from "../segmentType.ts";

const SegmentLineageKind = { SEGMENT: "segment", TAG: "tag", FACT_TYPE: "factType" } as const;
type SegmentLineageKind = (typeof SegmentLineageKind)[keyof typeof SegmentLineageKind];

registerEnumType(SegmentLineageKind, {
  name: "SegmentLineageKind",
  description: "What a node of a segment's lineage is.",
  valuesConfig: {
    SEGMENT: { description: "A segment." },
    TAG: { description: "A tag." },
    FACT_TYPE: { description: "A fact type." },
  },
});

@ObjectType("SegmentLineageNode", {
  simpleResolvers: true,
  description: "A segment, tag or fact type in a lineage.",
})
export class SegmentLineageNodeType {
  @Field(() => String, { description: "Its id in this graph; edges name it." })
  id!: string;

  @Field(() => SegmentLineageKind, { description: "What it is." })
  kind!: SegmentLineageKind;

  @Field(() => String, { description: "What to write on it." })
  label!: string;

  @Field(() => SegmentType, { nullable: true, description: "The segment." })
  segment!: object | null;

  @Field(() => TagType, { nullable: true, description: "The tag." })
  tag!: object | null;

  @Field(() => FactTypeType, {
    nullable: true,
    description: "The fact type; null where the data standard has none of this name.",
  })
  factType!: object | null;
}

@ObjectType("SegmentLineageEdge", { simpleResolvers: true, description: "One thing that goes into another." })
export class SegmentLineageEdgeType {
  @Field(() => String, { description: "The node that is looked at." })
  from!: string;

  @Field(() => String, { description: "The node that looks at it." })
  to!: string;
}

@ObjectType("SegmentLineage", {
  simpleResolvers: true,
  description: "What a segment is worked out from and what is worked out from it, as a graph.",
})
export class SegmentLineageType {
  @Field(() => [SegmentLineageNodeType], { description: "The segment itself and everything around it, each once." })
  nodes!: readonly object[];

  @Field(() => [SegmentLineageEdgeType], { description: "What goes into what." })
  edges!: readonly object[];
}
