import type { ExternalRef, FactSubject } from "../intake/fact.ts";
import type { Account } from "./account.ts";
import type { Day, Month, Second } from "./calendar.ts";
import type { GivenName } from "./tables/names.ts";
import type { Taste } from "./tables/spending.ts";

export type Livelihood =
  | {
      readonly kind: "employed";
      readonly occupation: string;
      readonly employer: string;
      /** Set where the employer banks here too. */
      readonly company: Person | null;
      readonly payday: "month-end" | "15th";
      /** False where the pay goes to another bank and this one sees little of it. */
      readonly paidHere: boolean;
    }
  | { readonly kind: "pensioner" }
  | { readonly kind: "student" }
  | { readonly kind: "child" }
  | { readonly kind: "business"; readonly trade: string; readonly industry: string };

/** One customer: a person or a firm. What may change while the months go by is not readonly. */
export type Person = {
  readonly index: number;
  readonly ref: ExternalRef;
  readonly subject: FactSubject;
  readonly given: GivenName;
  readonly family: GivenName;
  readonly gender: "female" | "male";
  readonly born: Day;
  readonly registeredAt: Second;
  livelihood: Livelihood;
  /** Monthly net income in cents. */
  income: number;
  readonly tastes: ReadonlySet<Taste>;
  /** Card purchases compared with an ordinary person, in thousandths. */
  readonly thrift: number;
  readonly affluent: boolean;
  /** From this month on nothing is done with the accounts any more. */
  readonly dormantFrom: Month | null;
  /** In this month the customer leaves the bank. */
  readonly leavesIn: Month | null;
  /** In the app's own numbering, once enrolled. */
  readonly appSubject: FactSubject;
  readonly enrolledAt: Second | null;
  /** The account of daily life: the own one, or the one shared with the partner. */
  main: Account | null;
  savings: Account | null;
  foreign: Account | null;
  /** Every account this customer holds; a shared one belongs to the partner who opened it. */
  readonly accounts: Account[];
  readonly cards: Card[];
  readonly consents: Set<string>;
  /** Number of this customer's next fact: its id is the customer's number and this. */
  nextFact: number;
};

export type Card = {
  readonly cardId: string;
  readonly account: Account;
  readonly issuedAt: Second;
  status: "active" | "blocked" | "closed";
};

/** People under one roof, or one firm. Adults come first. */
export type Household = {
  readonly kind: "family" | "business";
  readonly adults: readonly Person[];
  readonly children: readonly Person[];
  /** Two adults who are married or as good as. */
  readonly couple: boolean;
  /** Living together now. */
  together: boolean;
  placeIndex: number;
  readonly orders: StandingOrder[];
  readonly loans: Loan[];
};

export type StandingOrder = {
  readonly orderId: string;
  readonly payer: Person;
  readonly account: Account;
  readonly purpose: string;
  readonly counterparty: string;
  readonly dayOfMonth: number;
  readonly since: Second;
  /** In cents. */
  amount: number;
  ended: boolean;
};

export type Loan = {
  readonly loanId: string;
  readonly borrower: Person;
  readonly account: Account;
  readonly grantedAt: Second;
  /** In cents: what reaches the account. The money of a mortgage or a car loan goes straight to the seller. */
  readonly payout: number;
  /** In cents. */
  readonly payment: number;
  instalmentsLeft: number;
  status: "active" | "overdue" | "paid";
};
