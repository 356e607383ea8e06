import type { Account } from "../account.ts";
import type { Second } from "../calendar.ts";
import type { Card, Person } from "../person.ts";
import { reportBalance, type Telling, tell } from "../telling.ts";

/**
 * Opens an account (null where that lies at or after `until`). One that was open before the movements begin carries
 * `broughtForward` minor units, reported at that instant; a new one starts at zero.
 */
export function openAccount(
  telling: Telling,
  holder: Person,
  at: Second,
  product: string,
  currency: Account["currency"],
  broughtForward: number,
): Account | null {
  const { since, until } = telling.parameters;
  if (at >= until) return null;
  const id = `${4_000_000_000 + holder.index * 100 + holder.accounts.length}`;
  const ref = { system: "core", id };
  const balance = at < since ? broughtForward : 0;
  const account: Account = {
    ref,
    subject: { account: ref },
    product,
    currency,
    openedAt: at,
    closedAt: null,
    balance,
    nextFact: 1,
  };
  holder.accounts.push(account);
  tell(telling, holder, at, "core", "account-opened", { account: ref, product, currency });
  tell(telling, holder, at, "core", "relationship-established", {
    relationshipId: `owner-${id}`,
    kind: "owner",
    account: ref,
  });
  reportBalance(telling, account, Math.max(at, since));
  return account;
}

export function issueCard(telling: Telling, bearer: Person, account: Account, at: Second): void {
  const product = bearer.livelihood.kind === "business" ? "business" : bearer.affluent ? "gold" : "classic";
  const cardId = `c${bearer.ref.id}-${bearer.cards.length + 1}`;
  const card: Card = { cardId, account, issuedAt: at, status: "active" };
  const told = tell(telling, bearer, at, "cards", "card-issued", { cardId, account: account.ref, product });
  if (told) bearer.cards.push(card);
}
