import type { GraphQLSchema } from "graphql";
import { Arg, buildSchemaSync, Field, ID, Int, ObjectType, Query, Resolver } from "type-graphql";
import { tuneSchema } from "../../src/graphql/tuneSchema.ts";
import { type Profile, profileById } from "./profileData.ts";

@ObjectType({ simpleResolvers: true })
class Account {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  currency!: string;
  @Field(() => String)
  balance!: string;
}

@ObjectType({ simpleResolvers: true })
class Transaction {
  @Field(() => String)
  amount!: string;
  @Field(() => String)
  bookedAt!: string;
}

@ObjectType({ simpleResolvers: true })
class Relationship {
  @Field(() => String)
  kind!: string;
  @Field(() => ID)
  other!: string;
}

@ObjectType({ simpleResolvers: true })
class Segment {
  @Field(() => String)
  name!: string;
}

@ObjectType({ simpleResolvers: true })
class Customer {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String)
  email!: string;
  @Field(() => String)
  since!: string;
  @Field(() => String)
  status!: string;
  @Field(() => Int)
  score!: number;
  @Field(() => [String])
  tags!: readonly string[];
  @Field(() => [Account])
  accounts!: readonly Account[];
  @Field(() => [Transaction])
  transactions!: readonly Transaction[];
  @Field(() => [Relationship])
  relationships!: readonly Relationship[];
  @Field(() => [Segment])
  segments!: readonly Segment[];
}

@Resolver()
class ProfileResolver {
  @Query(() => Customer, { nullable: true })
  customer(@Arg("id", () => ID) id: string): Profile | null {
    return profileById.get(id) ?? null;
  }
}

/** The comparison's schema, built and tuned as the product's own; one resolver, the rest is read, as with the peer. */
export function buildProfileSchema(): GraphQLSchema {
  const resolver = new ProfileResolver();
  const instances = { get: () => resolver };
  const schema = buildSchemaSync({ resolvers: [ProfileResolver], container: instances, validate: false });
  return tuneSchema(schema, [ProfileResolver], instances);
}
