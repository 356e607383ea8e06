import { Agent, request } from "node:http";
import { toCloudEvent } from "../../src/demo/cloudEvent.ts";
import type { AskedCustomer } from "./fillStore.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const everyMs = 5;

/**
 * Card payments sent to the server's door one by one, at a steady rate, each on the account of another customer: those
 * whose profiles are asked for meanwhile. `stop` gives how many were taken and rejects when one was not.
 */
export function startFacts(
  url: string,
  customers: readonly AskedCustomer[],
  perSecond: number,
): { readonly stop: () => Promise<number> } {
  const started = performance.now();
  const run = `${process.pid}-${started}`;
  let sent = 0;
  const answers: Promise<Outcome>[] = [];
  const send = (): void => {
    const due = ((performance.now() - started) / 1000) * perSecond;
    for (; sent < due; sent += 1) {
      const { account } = customers[(sent * 7919) % customers.length] as AskedCustomer;
      answers.push(post(url, payment(`${run}-${sent}`, account)));
    }
  };
  const timer = setInterval(send, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      const refused = (await Promise.all(answers)).find(({ status }) => status !== 200);
      if (refused !== undefined) throw new Error(`a payment was not taken: ${refused.text}`);
      return sent;
    },
  };
}

const payment = (id: string, { system, id: account, currency }: AskedCustomer["account"]): string =>
  JSON.stringify(
    toCloudEvent({
      id,
      source: system,
      type: "transaction-posted",
      subject: { account: { system, id: account } },
      occurredAt: new Date().toISOString(),
      data: { account: { system, id: account }, direction: "debit", amount: { amount: "12", currency } },
    }),
  );

type Outcome = { readonly status: number; readonly text: string };

const post = (url: string, body: string): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/cloudevents+json", "content-length": Buffer.byteLength(body) };
    const sending = request(`${url}/facts`, { method: "POST", agent, headers }, response => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("data", part => {
          text += part;
        })
        .once("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sending.once("error", reject).end(body);
  });
