import { isBlocked, limitOf } from "../domain/customer/identityPolicy.ts";
import { mergeRefusal, splitMerge } from "../domain/customer/mergeGraph.ts";
import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Admitted } from "./admit.ts";
import type { ExternalRef, Fact } from "./fact.ts";
import type { FactSchema } from "./factSchema.ts";
import type { IdentityView } from "./identityBook.ts";
import { type CustomerPlace, ownSystem, type Whereabouts } from "./whereabouts.ts";

type Context = { readonly identities: IdentityView; readonly where: Whereabouts };

/** A customer that a fact names in its data. */
export type Mention = { readonly ref: ExternalRef; readonly place: CustomerPlace };

/** What speaks against a fact from who is who: ids that are none or too many, merges and splits that make no sense. */
export function identityFaults(
  { subject, data }: Fact,
  schema: FactSchema,
  place: CustomerPlace | null,
  admitted: Admitted,
  context: Context,
): readonly Fault[] {
  const faults: Fault[] = [];
  if ("customer" in subject) faults.push(...refFaults("subject.customer", subject.customer, place, context));
  for (const { ref, place } of admitted.mentions)
    faults.push(...refFaults(fieldOf(data, ref), ref, ref.system === ownSystem ? place : null, context));
  if (schema.claims === "identity" && place !== null)
    faults.push(...linkFaults(data as unknown as ExternalRef, place, context));
  if (faults.length > 0 || place === null || context.identities.hasTaken(admitted.eventId)) return faults;
  const other = admitted.mentions[0]?.place;
  if (schema.type === "identity-merged") return mergeFaults(place, other, context.identities);
  if (schema.type === "identity-split" && other !== undefined)
    return splitFaults(place.id, other.id, admitted.corrects ?? "", context.identities);
  return faults;
}

function refFaults(
  field: string,
  { system, id }: ExternalRef,
  named: CustomerPlace | null,
  { identities: { policy } }: Context,
): Fault[] {
  if (system === ownSystem && named !== null && !named.exists)
    return [{ field: `${field}.id`, code: "customer-unknown", message: "there is no customer of this id" }];
  return isBlocked(policy, system, id) ? [blocked(`${field}.id`, system)] : [];
}

const blocked = (field: string, system: string): Fault => ({
  field,
  code: "blocked-identity",
  message: `this value is blocked for ids of ${system}: it stands for no one customer`,
});

function linkFaults(ref: ExternalRef, place: CustomerPlace, { identities, where }: Context): Fault[] {
  const { system, id } = ref;
  if (system === ownSystem)
    return [
      { field: "data.system", code: "not-allowed", message: `${ownSystem} is the system of this product's own ids` },
    ];
  if (isBlocked(identities.policy, system, id)) return [blocked("data.id", system)];
  const limit = limitOf(identities.policy, system);
  if (limit === null || where.isTaken(ref)) return [];
  const linked = identities.linked(place.id, system);
  if (linked < limit) return [];
  return [
    {
      field: "data.id",
      code: "too-many-identities",
      message: `customer ${place.id} has ${linked} ids of ${system} already, and the limit is ${limit}`,
    },
  ];
}

function mergeFaults(survivor: CustomerPlace, absorbed: CustomerPlace | undefined, { graph }: IdentityView): Fault[] {
  if (absorbed === undefined || !absorbed.exists)
    return [{ field: "data.customer", code: "customer-unknown", message: "no customer is known by this identity" }];
  const refusal = mergeRefusal(graph, survivor.id, absorbed.id);
  if (refusal?.kind === "sameCustomer")
    return [{ field: "data.customer", code: "same-customer", message: "is the customer that it would be merged into" }];
  if (refusal !== null)
    return [
      {
        field: refusal.kind === "alreadyMerged" ? "data.customer" : "subject",
        code: "customer-merged",
        message: `customer ${refusal.customer} is merged into ${refusal.survivor} already`,
      },
    ];
  if (survivor.exists) return [];
  return [{ field: "subject", code: "customer-unknown", message: "no customer is known by this identity" }];
}

function splitFaults(survivor: CustomerId, absorbed: CustomerId, corrects: string, { graph }: IdentityView): Fault[] {
  const found = splitMerge(graph, survivor, absorbed, corrects);
  if (!("refusal" in found)) return [];
  switch (found.refusal.kind) {
    case "noSuchMerge":
      return [{ field: "corrects", code: "no-such-merge", message: "names no merge that took effect" }];
    case "alreadySplit":
      return [{ field: "corrects", code: "already-split", message: "names a merge that was taken back before" }];
    case "otherSurvivor":
      return [
        {
          field: "subject",
          code: "other-survivor",
          message: `is not the survivor of that merge, customer ${found.refusal.survivor}`,
        },
      ];
    case "otherCustomer":
      return [
        {
          field: "data.customer",
          code: "other-customer",
          message: `is not the customer whom that merge took in, ${found.refusal.absorbed}`,
        },
      ];
  }
}

const fieldOf = (data: Fact["data"], ref: ExternalRef): string => {
  const name = Object.keys(data).find(key => (data[key] as unknown) === ref);
  return name === undefined ? "data" : `data.${name}`;
};
