import type { Product } from "../../src/compose.ts";
import { formatInstant } from "../../src/domain/instant.ts";
import type { Fact } from "../../src/intake/fact.ts";

const day = 86_400_000;
const zones = ["Europe/Prague", "Europe/London", "America/New_York"];

export const subjectOf = (customer: number): Fact["subject"] => ({ customer: { system: "crm", id: `c${customer}` } });

/** Customers with a profile, a zone and consent to two channels. Resolves when all of them show. */
export async function registerContactable({ backend }: Product, customers: number): Promise<void> {
  const { intake, readModels } = backend;
  const at = formatInstant(Date.now() - 30 * day);
  let last = 0;
  for (let from = 0; from < customers; from += 200) {
    const facts: Fact[] = [];
    for (let customer = from; customer < Math.min(from + 200, customers); customer += 1) {
      const whose = { source: "bench", subject: subjectOf(customer), occurredAt: at };
      const attributes = { city: `city ${customer % 50}`, timeZone: zones[customer % zones.length] as string };
      facts.push({ ...whose, id: `r${customer}`, type: "customer-registered", data: { attributes } });
      for (const channel of ["email", "sms"])
        facts.push({
          ...{ ...whose, id: `${channel}${customer}`, type: "consent-granted" },
          data: { channel, purpose: "marketing" },
        });
    }
    for (const outcome of await intake.submit({ format: "facts", facts }, { source: "bench" })) {
      if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
      last = outcome.position;
    }
  }
  if (!(await readModels.waitFor(last, 600_000))) throw new Error("the customers do not show");
}
