import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { PositionText } from "../scalars/position.ts";

@ObjectType("CustomerRecovered", { simpleResolvers: true, description: "The customer is up to date again." })
export class CustomerRecovered {
  @Field(() => PositionText, { description: "The position up to which they are. Hand it back as `minPosition`." })
  position!: number;
}

@ObjectType("CustomerStillDegraded", { simpleResolvers: true, description: "An event still cannot be worked in." })
export class CustomerStillDegraded {
  @Field(() => PositionText, { description: "The position of that event." })
  position!: number;

  @Field(() => String, { description: "What went wrong, for the operator." })
  error!: string;
}

@ObjectType("CustomerNotDegraded", { simpleResolvers: true, description: "There was nothing to retry." })
export class CustomerNotDegraded {
  @Field(() => ID, { description: "The customer's bare id." })
  customerId!: string;
}

@ObjectType("CustomerUnknown", { simpleResolvers: true, description: "There is no such customer." })
export class CustomerUnknown {
  @Field(() => ID, { description: "The bare id that was asked for." })
  customerId!: string;
}

const typeOfKind = {
  recovered: "CustomerRecovered",
  stillDegraded: "CustomerStillDegraded",
  notDegraded: "CustomerNotDegraded",
  unknown: "CustomerUnknown",
} as const;
type Kind = keyof typeof typeOfKind;

export const RetryResult = createUnionType({
  name: "RetryDegradedCustomerResult",
  description: "What came of the retry.",
  types: () => [CustomerRecovered, CustomerStillDegraded, CustomerNotDegraded, CustomerUnknown] as const,
  resolveType: value => typeOfKind[(value as unknown as { readonly kind: Kind }).kind],
});
