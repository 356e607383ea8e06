import { generateBank } from "../src/demo/generateBank.ts";
import type { Fact } from "../src/intake/fact.ts";

/**
 * Seconds of payments before times count: the first ten thousand facts compile what they run, and each customer comes back for the first
 * time.
 */
export const warmUp = 5;

/** New card payments of random accounts of the bank. */
export function paymentsOf(customers: number) {
  const accounts: string[] = [];
  for (const facts of generateBank({ customers, seed: 9 }))
    for (const { type, data } of facts) {
      const account = (data as { account?: { id?: string; system?: string } }).account;
      if (type === "account-opened" && account?.system === "core" && account.id !== undefined)
        accounts.push(account.id);
    }
  let made = 0;
  const one = (): Fact => {
    made += 1;
    const id = accounts[(made * 7919) % accounts.length] as string;
    return {
      id: `visible-${made}`,
      source: "core",
      type: "transaction-posted",
      subject: { account: { system: "core", id } },
      occurredAt: new Date().toISOString(),
      data: {
        ...{ account: { system: "core", id }, direction: "debit", operation: "card-purchase", mcc: "5411" },
        amount: { amount: `${1 + (made % 90)}.50`, currency: "EUR" },
      },
    } as Fact;
  };
  return { next: (count: number): Fact[] => Array.from({ length: count }, one) };
}
