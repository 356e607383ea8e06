import { deepStrictEqual } from "node:assert";
import { requestBody } from "./profileQuery.ts";

type Asked = { readonly url: string; readonly accept: string };

/**
 * Asks every server for every customer, often enough that compiled forms answer, and throws when two give different
 * answers. Gives the mean size of an answer, and one of about that size.
 */
export async function askAlike(
  servers: readonly Asked[],
  ids: readonly string[],
): Promise<{ readonly answer: { readonly bytes: number; readonly leaves: number }; readonly typical: string }> {
  const answers: string[] = [];
  let leaves = 0;
  for (const id of ids) {
    const texts = await Promise.all(servers.map(server => ask(server, id)));
    const [first, ...others] = texts.map(text => JSON.parse(text) as { data: { customer: object | null } });
    if (first?.data.customer == null) throw new Error(`no profile in an answer: ${texts[0]}`);
    for (const other of others) deepStrictEqual(other, first);
    leaves += leavesIn(first.data);
    answers.push(texts[0] as string);
  }
  const bytes = answers.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / answers.length;
  const away = (text: string) => Math.abs(Buffer.byteLength(text) - bytes);
  const typical = answers.reduce((best, text) => (away(text) < away(best) ? text : best));
  return { answer: { bytes: Math.round(bytes), leaves: Math.round(leaves / answers.length) }, typical };
}

async function ask({ url, accept }: Asked, id: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: requestBody(id),
  });
  return response.text();
}

const leavesIn = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + leavesIn(inner), 0)
    : 1;
