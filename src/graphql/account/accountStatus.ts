import { registerEnumType } from "type-graphql";

export const AccountStatus = { OPEN: "open", CLOSED: "closed", UNKNOWN: "unknown" } as const;
export type AccountStatus = (typeof AccountStatus)[keyof typeof AccountStatus];

registerEnumType(AccountStatus, {
  name: "AccountStatus",
  description: "Whether an account can be used.",
  valuesConfig: {
    OPEN: { description: "Opened and not closed." },
    CLOSED: { description: "Closed." },
    UNKNOWN: { description: "Only facts about the account have arrived, not its opening." },
  },
});
