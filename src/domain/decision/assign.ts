import type { Arm, Assignment } from "../campaign/campaign.ts";
import type { PolicyDefinition } from "../campaign/policy.ts";
import type { CustomerId } from "../ids.ts";
import { sampleBucket } from "../segment/sampleBucket.ts";

/** What a customer was assigned to before, under some version of the campaign's assignment. */
export type EarlierAssignment = { readonly version: number; readonly arm: string; readonly variant: string | null };

export type Assigned = {
  readonly arm: string;
  readonly control: boolean;
  readonly variant: string | null;
  /** 0 to 9,999; null where an earlier assignment was taken. */
  readonly bucket: number | null;
};

export const armBucket = (assignment: Assignment, customerId: CustomerId): number =>
  sampleBucket(assignment.salt, customerId);

/**
 * Arm and variant of a customer, or null where the shares leave its bucket free. An earlier assignment of the same version is kept
 * whatever the hash says now: after a merge the survivor goes on in the arm that was shown to it.
 */
export function assign(
  assignment: Assignment,
  customerId: CustomerId,
  earlier: EarlierAssignment | null,
): Assigned | null {
  if (earlier !== null && earlier.version === assignment.version) {
    const control = assignment.arms.some(arm => arm.name === earlier.arm && arm.control);
    return { arm: earlier.arm, control, variant: earlier.variant, bucket: null };
  }
  const bucket = armBucket(assignment, customerId);
  const arm = shareOf(assignment.arms, bucket);
  if (arm === null) return null;
  return { arm: arm.name, control: arm.control, variant: variantOf(arm, assignment.salt, customerId), bucket };
}

function variantOf(arm: Arm, salt: string, customerId: CustomerId): string | null {
  if (arm.variants.length === 0) return null;
  return shareOf(arm.variants, sampleBucket(`${salt}/variant`, customerId))?.name ?? null;
}

/** The one in whose share the bucket lies: shares are laid end to end from bucket 0, in the order given. */
function shareOf<Of extends { readonly share: number }>(all: readonly Of[], bucket: number): Of | null {
  let end = 0;
  for (const one of all) {
    end += one.share;
    if (bucket < end) return one;
  }
  return null;
}

export const holdoutBucket = (holdout: { readonly salt: string }, customerId: CustomerId): number =>
  sampleBucket(holdout.salt, customerId);

/** Whether a customer is kept out of all campaigns under the policy. */
export const inHoldout = (holdout: NonNullable<PolicyDefinition["holdout"]>, customerId: CustomerId): boolean =>
  holdoutBucket(holdout, customerId) < holdout.share;
