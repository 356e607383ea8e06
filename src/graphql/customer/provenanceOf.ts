import { type ClassType, FieldResolver, Resolver, Root } from "type-graphql";
import type { Provenance } from "../../projections/customer/customer.ts";
import { ProvenanceType, provenanceOption } from "../event/provenanceType.ts";

/** Adds `provenance` to a type whose read model carries its own. */
export function provenanceOf(type: () => ClassType<object>) {
  @Resolver(type)
  class ProvenanceOf {
    @FieldResolver(() => ProvenanceType, provenanceOption)
    provenance(@Root() value: Provenance): Provenance {
      return value;
    }
  }
  return ProvenanceOf;
}
