import type { Enrolment } from "../../../domain/effect/enrolment.ts";
import { parseEnrolment } from "../../../domain/effect/enrolmentText.ts";
import { CustomerId } from "../../../domain/ids.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerRefInput } from "../../customer/customerRefInput.ts";
import { badUserInput } from "../../errors.ts";
import { survivorById } from "../../identity/survivorById.ts";
import { keyOfId } from "../../node/globalId.ts";

export const mostExcluded = 100;

/**
 * The enrolments of customers to be left out, each customer once; of merged ones the survivor's, which holds all they did. Whoever
 * is not enrolled has none. Rejects with BAD_USER_INPUT where nobody is known by a reference: figures without an outlier must not
 * be figures with it.
 */
export async function excludedEnrolments(
  context: RequestContext,
  code: TagCode,
  excluding: readonly CustomerRefInput[],
): Promise<readonly Enrolment[]> {
  if (excluding.length > mostExcluded)
    throw badUserInput("excluding", `\`excluding\` names ${excluding.length} customers; ${mostExcluded} are the most.`);
  const ids = new Set<CustomerId>();
  for (const [index, reference] of excluding.entries()) {
    const argument = `excluding[${index}]`;
    const named = await idOf(context, reference, argument);
    const customer = named === null ? null : await survivorById(context, named);
    if (customer === null) throw badUserInput(argument, `\`${argument}\` names nobody who is known.`);
    ids.add(customer.customerId);
  }
  const kept = await context.session().keptUnder(code, [...ids]);
  return (kept ?? []).flatMap(text => (typeof text === "string" ? [parseEnrolment(text)] : []));
}

async function idOf(
  context: RequestContext,
  { id, identity }: CustomerRefInput,
  argument: string,
): Promise<CustomerId | null> {
  if (identity != null) return context.session().customerOfIdentity(identity.system, identity.id);
  return keyOfId("Customer", id as string, CustomerId.parse, argument);
}
