import { connect } from "node:net";
import { requestBody } from "./profileQuery.ts";

/* Asks for customers in turn over keep-alive connections for a time, and tells how many requests were answered. */
export type LoadOrder = {
  readonly url: string;
  readonly accept: string;
  readonly ids: readonly string[];
  readonly connections: number;
  readonly seconds: number;
};
export type LoadReport = { readonly answered: number; readonly seconds: number };

function request(accept: string, id: string): Buffer {
  const body = requestBody(id);
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
}
const endOfHead = Buffer.from("\r\n\r\n");

function run({ url, accept, ids, connections, seconds }: LoadOrder): Promise<LoadReport> {
  const requests = ids.map(id => request(accept, id));
  const port = Number(new URL(url).port);
  return new Promise((resolve, reject) => {
    let answered = 0;
    let next = 0;
    let open = connections;
    const started = performance.now();
    const until = started + seconds * 1000;
    const send = (socket: ReturnType<typeof connect>) => socket.write(requests[next++ % requests.length]!);
    for (let index = 0; index < connections; index += 1) {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true }, () => send(socket));
      let pending: Buffer = Buffer.alloc(0);
      socket.on("error", reject);
      socket.on("data", part => {
        pending = pending.length === 0 ? part : Buffer.concat([pending, part]);
        const head = pending.indexOf(endOfHead);
        if (head === -1) return;
        const text = pending.toString("latin1", 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
        if (!text.startsWith("HTTP/1.1 200") || !(length > 500))
          return void reject(new Error(`an unexpected answer: ${pending.toString("utf8").slice(0, 500)}`));
        if (pending.length < head + endOfHead.length + length) return;
        pending = Buffer.alloc(0);
        answered += 1;
        if (performance.now() < until) return void send(socket);
        socket.destroy();
        open -= 1;
        if (open === 0) resolve({ answered, seconds: (performance.now() - started) / 1000 });
      });
    }
  });
}

process.on("disconnect", () => process.exit());
process.on("message", (order: LoadOrder) => {
  run(order).then(
    report => process.send?.({ report }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
