import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { FactOutcomeUnion } from "../../intake/factOutcomeType.ts";
import { BatchTooLarge } from "../../intake/recordFactsType.ts";
import { PositionText } from "../../scalars/position.ts";

@ObjectType("ReceiptOutcome", { simpleResolvers: true, description: "What became of one receipt." })
export class ReceiptOutcomeType {
  @Field(() => FactOutcomeUnion, { description: "Of the receipt itself." })
  receipt!: object;

  @Field(() => FactOutcomeUnion, {
    nullable: true,
    description: "Of the consent that `unsubscribed` takes back; null of every other receipt.",
  })
  withdrawal!: object | null;
}

@ObjectType("ReceiptsReported", { simpleResolvers: true, description: "What became of the receipts." })
export class ReceiptsReported {
  @Field(() => [ReceiptOutcomeType], { description: "One outcome for each receipt, in the same order." })
  outcomes!: readonly object[];

  @Field(() => Int, { description: "How many receipts were accepted." })
  accepted!: number;

  @Field(() => Int, { description: "How many were there already." })
  duplicates!: number;

  @Field(() => Int, { description: "How many were refused, and wait in the quarantine." })
  quarantined!: number;

  @Field(() => PositionText, {
    nullable: true,
    description: "The highest position among the outcomes: hand it back as `minPosition` to read your own writes.",
  })
  position!: number | null;
}

export const ReportReceiptsResult = createUnionType({
  name: "ReportReceiptsResult",
  description: "What became of the batch.",
  types: () => [ReceiptsReported, BatchTooLarge] as const,
  resolveType: value => ("outcomes" in value ? "ReceiptsReported" : "BatchTooLarge"),
});
