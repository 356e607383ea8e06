import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The least that node:http can do: one buffer for every request, whose body nobody reads. Gives the URL. */
export async function startBare(answer: string): Promise<string> {
  const reply = Buffer.from(answer);
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": reply.length };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(reply));
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
