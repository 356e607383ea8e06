import type { Standing } from "./rule.ts";

/** The fact types that set, change and end what stands. Of each field, the newest that any of them says is looked at. */
export const standingTypes: Readonly<Record<Standing, readonly string[]>> = {
  account: ["account-opened", "account-closed"],
  card: ["card-issued", "card-status-changed"],
  loan: ["loan-granted", "loan-status-changed"],
  "standing-order": ["standing-order-set", "standing-order-ended"],
  holding: ["holding-changed"],
  relationship: ["relationship-established", "relationship-ended"],
};
