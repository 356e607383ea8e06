import { Field, ID, InterfaceType } from "type-graphql";
import type { NodeType as NodeTypeName } from "./globalId.ts";

const marks: readonly (readonly [property: string, type: NodeTypeName])[] = [
  ["customerId", "Customer"],
  ["ref", "Account"],
  ["revision", "Event"],
  ["quarantineId", "QuarantinedFact"],
  ["tagState", "Tag"],
  ["segmentState", "Segment"],
  ["campaignState", "Campaign"],
  ["policyState", "Policy"],
  ["offerState", "Offer"],
];

/** Read-model values carry no type name; each kind of node has one property that no other has. */
const typeOf = (value: object): NodeTypeName => marks.find(([property]) => property in value)![1];

export const nodeIdOption = { description: "The global id: opaque, stable, unique across all types." };

@InterfaceType("Node", {
  description: "Anything that can be read again by its global id, through `node`.",
  resolveType: typeOf,
})
export abstract class NodeType {
  @Field(() => ID, nodeIdOption)
  id!: string;
}
