import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { formatInstant } from "../../src/domain/instant.ts";
import type { Fact } from "../../src/intake/fact.ts";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";
import { bankTags } from "./definitions.ts";
import { publishTags } from "./publishTags.ts";

/** Milliseconds over HTTP, one question after another. */
export type AskedFigure = { readonly p50: number; readonly p99: number };

const began = Date.UTC(2024, 0, 1);
const hour = 3_600_000;

/** A customer with many facts: one tag explained, and the profile with balances and tags as of some past instant. */
export async function benchAskedTags(
  folder: string,
  facts: number,
  rounds: number,
): Promise<{ readonly explain: AskedFigure; readonly asOf: AskedFigure }> {
  const home = mkdtempSync(join(folder, "asked-"));
  const { product, url, close } = await serve(benchConfig(home), pino({ level: "silent" }));
  try {
    const life = lifeOf(facts);
    for (let from = 0; from < life.length; from += 500) {
      const batch = { format: "facts", facts: life.slice(from, from + 500) } as const;
      for (const outcome of await product.backend.intake.submit(batch, { source: "core" }))
        if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
    }
    await publishTags(product);
    const codes = bankTags().flatMap(({ code, rule }) => (rule.kind === "statistic" ? [code] : []));
    const ask = async (query: string, variables: object): Promise<void> => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
    };
    const explain = await timed(rounds, round => ask(explainQuery, { code: codes[round % codes.length] }));
    const asOf = await timed(rounds, round => {
      const at = formatInstant(began + Math.floor((facts * (round + 1)) / (rounds + 2)) * hour);
      return ask(asOfQuery, { at, codes: codes.slice(0, 20) });
    });
    return { explain, asOf };
  } finally {
    await close();
    rmSync(home, { recursive: true });
  }
}

const ada = '(identity: { system: "crm", id: "ada" }';
const explainQuery = `query ($code: ID!) {
  customer${ada}) { tag(code: $code) {
    state value { display }
    explain { arithmetic nextChange evidence(first: 20) { totalCount nodes { eventId occurredAt type } } }
  } }
}`;
const asOfQuery = `query ($at: DateTime!, $codes: [String!]!) {
  customer${ada}, asOf: $at) {
    attributes(first: 20) { nodes { name value provenance { source occurredAt } } }
    accounts(first: 5) { nodes { ref status balance { money { amount currency } } } }
    tags(first: 20, filter: { codes: $codes }) { nodes { code state value { display } validUntil } }
  }
}`;

async function timed(rounds: number, once: (round: number) => Promise<void>): Promise<AskedFigure> {
  const times: number[] = [];
  for (let round = -Math.ceil(rounds / 4); round < rounds; round += 1) {
    const started = performance.now();
    await once(Math.abs(round));
    if (round >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] as number;
  return { p50: at(0.5), p99: at(0.99) };
}

/** An account with a payment every hour. */
function lifeOf(facts: number): Fact[] {
  const account = { system: "core", id: "ada-1" };
  const subject = { customer: { system: "crm", id: "ada" } };
  const first = { source: "core", subject, occurredAt: formatInstant(began) };
  return [
    { ...first, id: "r", type: "customer-registered", data: { attributes: { city: "Northport", language: "en" } } },
    { ...first, id: "o", type: "account-opened", data: { account, product: "current", currency: "EUR" } },
    ...Array.from({ length: facts - 2 }, (_, n) => ({
      ...{ source: "core", subject: { account }, id: `p${n}`, type: "transaction-posted" },
      occurredAt: formatInstant(began + (n + 1) * hour),
      data: {
        ...{ account, direction: n % 5 === 0 ? "credit" : "debit", operation: "card-purchase" },
        ...{ mcc: n % 2 === 0 ? "5411" : "5812", merchant: `m${n % 20}` },
        amount: { amount: `${1 + (n % 90)}.50`, currency: "EUR" },
      },
    })),
  ];
}
