import type { CustomerId } from "../ids.ts";
import type { JsonScalar } from "../json.ts";
import type { Money } from "../money.ts";

/*
 * The stored `data` of the facts that the customer fold understands: past the door, in the newest version, personal
 * values decrypted (absent once erased). Other fact types need a schema file only; they show in the timeline.
 */

/** `system/id`, see `accountRef`. */
type AccountRef = string;
/** Source-specific codes that rules may ask about later; the standard fields beside them are what the product reads. */
type Details = Readonly<Record<string, JsonScalar>>;

type EventOf<Type extends string, Data> = { readonly type: Type; readonly data: Data };

export type CustomerEvent =
  | EventOf<"identity-linked", { readonly system: string; readonly id?: string; readonly primary?: boolean }>
  | EventOf<"customer-registered", { readonly attributes?: Readonly<Record<string, JsonScalar>> }>
  /** A null value removes the attribute. */
  | EventOf<"customer-attributes-changed", { readonly attributes: Readonly<Record<string, JsonScalar>> }>
  | EventOf<
      "account-opened",
      {
        readonly account: AccountRef;
        readonly product?: string;
        readonly currency?: string;
        readonly details?: Details;
      }
    >
  | EventOf<"account-closed", { readonly account: AccountRef; readonly reason?: string }>
  | EventOf<"balance-reported", { readonly account: AccountRef; readonly balance: Money; readonly sequence?: number }>
  | EventOf<
      "transaction-posted",
      {
        readonly account: AccountRef;
        /** Default: the fact's own id at its source. */
        readonly transactionId?: string;
        readonly direction: "credit" | "debit";
        /** Zero or more; the direction gives the sign. */
        readonly amount: Money;
        readonly balanceAfter?: Money;
        /** Order among entries of the same account and instant. */
        readonly sequence?: number;
        readonly operation?: string;
        readonly purpose?: string;
        readonly mcc?: string;
        readonly merchant?: string;
        readonly cardId?: string;
        readonly counterparty?: string;
        readonly description?: string;
        readonly details?: Details;
      }
    >
  /** `corrects` in the envelope names the posted event. */
  | EventOf<"transaction-reversed", { readonly account: AccountRef; readonly reason?: string }>
  | EventOf<
      "holding-changed",
      {
        readonly instrument: string;
        readonly account?: AccountRef;
        /** Exact decimal text. "0" ends the holding. */
        readonly quantity: string;
        readonly value?: Money;
      }
    >
  | EventOf<
      "card-issued",
      { readonly cardId: string; readonly account?: AccountRef; readonly product?: string; readonly details?: Details }
    >
  | EventOf<"card-status-changed", { readonly cardId: string; readonly status: "active" | "blocked" | "closed" }>
  | EventOf<
      "loan-granted",
      {
        readonly loanId: string;
        readonly account?: AccountRef;
        readonly principal: Money;
        readonly payment?: Money;
        readonly durationMonths?: number;
        readonly status?: string;
        readonly details?: Details;
      }
    >
  | EventOf<"loan-status-changed", { readonly loanId: string; readonly status: string }>
  | EventOf<
      "standing-order-set",
      {
        readonly orderId: string;
        readonly account?: AccountRef;
        readonly amount: Money;
        readonly frequency?: string;
        readonly purpose?: string;
        readonly counterparty?: string;
        readonly details?: Details;
      }
    >
  | EventOf<"standing-order-ended", { readonly orderId: string }>
  | EventOf<"preference-set", { readonly name: string; readonly value: JsonScalar }>
  | EventOf<"consent-granted", { readonly channel: string; readonly purpose: string; readonly evidence?: string }>
  | EventOf<"consent-withdrawn", { readonly channel: string; readonly purpose: string; readonly reason?: string }>
  | EventOf<
      "relationship-established",
      {
        readonly relationshipId: string;
        readonly kind: string;
        readonly customer?: CustomerId;
        readonly account?: AccountRef;
      }
    >
  | EventOf<"relationship-ended", { readonly relationshipId: string; readonly reason?: string }>
  /** The customer is merged into the one whose stream this is. */
  | EventOf<
      "identity-merged",
      { readonly customer: CustomerId; readonly proposalId?: string; readonly reason?: string }
    >
  /** `corrects` in the envelope names the merge that is taken back. */
  | EventOf<"identity-split", { readonly customer: CustomerId; readonly reason?: string }>
  /** Somebody looked at both and found two people. `values`: digests of what both have; absent once erased. */
  | EventOf<
      "merge-proposal-rejected",
      {
        readonly customer: CustomerId;
        readonly proposalId: string;
        readonly values?: readonly string[];
        readonly reason?: string;
      }
    >;
