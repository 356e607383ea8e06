import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { customersOf } from "./bank.ts";
import { type Decided, decisionsOf } from "./decisions.ts";
import { type Draw, drawWith } from "./draw.ts";
import { messagesOf } from "./outbox.ts";
import { type CloudEvent, c360, type Product, startProduct, waitFor } from "./product.ts";
import { printOutcome, rule, truths } from "./report.ts";
import {
  type Customer,
  crmOf,
  insuranceOf,
  type Message,
  purchaseAbroad,
  receiptsOf,
  savingsOf,
  wasDelivered,
  zonesNow,
} from "./world.ts";

export type Scenario = {
  /** Of the store. */
  readonly folder: string;
  readonly customers: number;
  readonly seed: number;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

const definitions = fileURLToPath(new URL(".", import.meta.url));
const savings = "savings-spring";
const abroad = "insured-abroad";

/** From an empty store to the effects of two campaigns, each step through what any client could use. */
export async function runScenario({ folder, customers: count, seed, say, signal }: Scenario): Promise<void> {
  const draw = drawWith(seed);
  const product = await startProduct(folder);
  const stopping = () => void product.stop();
  signal.addEventListener("abort", stopping, { once: true });
  try {
    const customers = await openBank(product, folder, { count, seed }, say);
    await settleIn(product, draw, customers, say);
    await define(folder, say);

    const savingsMessages = await wave(product, folder, draw, say);
    const reached = new Set(savingsMessages.filter(message => wasDelivered(draw, message)).map(crmOf));
    const opened = customers.flatMap(({ crm }) => savingsOf(draw, crm, reached.has(crm), Date.now()));
    await sendAll(product, opened);
    say(`  ${opened.filter(({ type }) => type === "account-opened").length} customers open a savings account`);

    const abroadMessages = await travel(product, folder, draw, customers, say);
    const asked = new Set(abroadMessages.filter(message => wasDelivered(draw, message)).map(crmOf));
    const travellers = customers.filter(customer => purchaseAbroad(draw, customer, 1, 0).length > 0);
    const insured = travellers.flatMap(({ crm }) => insuranceOf(draw, crm, asked.has(crm), Date.now()));
    await sendAll(product, insured);
    say(`  ${insured.length} of ${travellers.length} travellers take the insurance`);

    await printOutcome(product, folder, truths({ savings: reached.size, abroad: asked.size }), say);
    await tryStricter(folder, say);
  } finally {
    signal.removeEventListener("abort", stopping);
    await product.stop();
  }
}

async function openBank(
  product: Product,
  folder: string,
  { count, seed }: { readonly count: number; readonly seed: number },
  say: Scenario["say"],
): Promise<readonly Customer[]> {
  const file = join(folder, "bank.ndjson");
  await c360(
    "demo",
    ...["--customers", `${count}`, "--seed", `${seed}`, "--months", "3", "--facts", "30"],
    "--out",
    file,
  );
  const imported = JSON.parse(await c360("import", file, "--data", folder, "--json")) as { readonly accepted: number };
  rmSync(file);
  const customers = await customersOf(product);
  say(`A bank of ${customers.length} customers, with ${imported.accepted.toLocaleString("en")} facts about them.`);
  return customers;
}

/** Everybody lives where it is day now, but for one in twenty-five who are asleep. */
async function settleIn(
  product: Product,
  draw: Draw,
  customers: readonly Customer[],
  say: Scenario["say"],
): Promise<void> {
  const { day, night } = zonesNow(Date.now());
  const facts = customers.map(({ crm }): CloudEvent => {
    const timezone = draw.happens(0.04, "sleeps", crm) ? night : day;
    return {
      ...{ id: `zone-${crm}`, source: "crm", type: "customer-attributes-changed", subject: `customer/crm/${crm}` },
      time: new Date(Date.now() - 1_000).toISOString(),
      data: { attributes: { timezone } },
    };
  });
  await sendAll(product, facts);
  say(`They live in ${day}, where it is day; some in ${night}, where it is night.`);
}

/** What `c360` does for a person at the keyboard. */
async function define(folder: string, say: Scenario["say"]): Promise<void> {
  const store = ["--data", folder];
  await c360("tags", "apply", definitions, "--actor", "ada", ...store);
  await c360("segments", "apply", definitions, "--actor", "ada", ...store);
  const told = await c360(
    "campaigns",
    "apply",
    definitions,
    ...["--actor", "ada", "--approve-as", "grace", "--start"],
    ...store,
  );
  say(`\nDefined by ada, approved by grace:\n${indented(told)}`);
}

/** What would have been sent under a policy that is only a draft. */
async function tryStricter(folder: string, say: Scenario["say"]): Promise<void> {
  const replay = ["policies", "replay", "retail-marketing", "--version", "2"];
  await c360("campaigns", "apply", join(definitions, "next"), "--actor", "ada", "--draft-only", "--data", folder);
  say(`\n${rule}\nOne message a week in all, tried on what was decided\n$ c360 ${replay.join(" ")}\n`);
  say((await c360(...replay, "--data", folder)).trimEnd());
}

/** The scheduled campaign: its wave is due at once. Gives what went to its channels, after their receipts have come in. */
async function wave(product: Product, folder: string, draw: Draw, say: Scenario["say"]): Promise<readonly Message[]> {
  await waitFor("the wave to end", async () => {
    const { events } = await product.ask<{ events: { nodes: readonly unknown[] } }>(
      '{ events(first: 1, filter: { types: ["campaign-wave-finished"] }) { nodes { position } } }',
    );
    return events.nodes[0] ?? null;
  });
  const decisions = await decisionsOf(product, savings);
  say(`\nThe wave of ${savings}: ${decisions.length} decisions, ${outcomes(decisions)}`);
  return delivered(product, folder, draw, savings, decisions, say);
}

/** The triggered campaign: cards are used abroad, by some of the travellers twice. */
async function travel(
  product: Product,
  folder: string,
  draw: Draw,
  customers: readonly Customer[],
  say: Scenario["say"],
): Promise<readonly Message[]> {
  let purchases = 0;
  for (const nth of [1, 2] as const) {
    const facts = customers.flatMap(customer => purchaseAbroad(draw, customer, nth, Date.now()));
    purchases += facts.length;
    await sendAll(product, facts);
  }
  const decisions = await decidedAbout(product, abroad);
  const waits = decisions
    .map(({ occurredAt, recordedAt }) => Date.parse(recordedAt) - Date.parse(occurredAt))
    .sort((a, b) => a - b);
  say(
    `\n${purchases} purchases abroad, and ${decisions.length} decisions of ${abroad} within ${waits.at(-1)} ms (half of them ${waits[Math.floor(waits.length / 2)]} ms): ${outcomes(decisions)}`,
  );
  return delivered(product, folder, draw, abroad, decisions, say);
}

/** Decisions about facts that can be read are on their way into the log: waits until no more come. */
async function decidedAbout(product: Product, campaign: string): Promise<readonly Decided[]> {
  let before = -1;
  return waitFor(
    "the decisions",
    async () => {
      const decisions = await decisionsOf(product, campaign);
      const settled = decisions.length > 0 && decisions.length === before;
      before = decisions.length;
      return settled ? decisions : null;
    },
    500,
  );
}

async function delivered(
  product: Product,
  folder: string,
  draw: Draw,
  campaign: string,
  decisions: readonly Decided[],
  say: Scenario["say"],
): Promise<readonly Message[]> {
  const sends = decisions.filter(({ data }) => data.outcome === "send").length;
  const messages = await waitFor("messages in the outbox", async () => {
    const found = messagesOf(folder, campaign);
    return found.length >= sends ? found : null;
  });
  const receipts = messages.flatMap(message => receiptsOf(draw, message));
  await product.report("mailer", receipts);
  say(`  ${messages.length} messages in the outbox, ${receipts.length} receipts of them`);
  return messages;
}

async function sendAll(product: Product, facts: readonly CloudEvent[]): Promise<void> {
  const position = await product.send(facts);
  if (position !== null) await product.reflects(position);
}

function outcomes(decisions: readonly Decided[]): string {
  const counts = new Map<string, number>();
  for (const { data } of decisions) {
    const name = data.outcome === "send" ? "sent" : data.outcome === "defer" ? "held" : `not sent (${data.reason})`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

const indented = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map(line => `  ${line}`)
    .join("\n");
