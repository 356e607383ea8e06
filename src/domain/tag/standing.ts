import type { Standing } from "./rule.ts";

/** The fact types that set what stands; conditions look at the fact that set it. */
export const standingTypes: Readonly<Record<Standing, string>> = {
  account: "account-opened",
  card: "card-issued",
  loan: "loan-granted",
  "standing-order": "standing-order-set",
  holding: "holding-changed",
  relationship: "relationship-established",
};
