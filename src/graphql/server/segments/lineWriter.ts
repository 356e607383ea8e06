import type { ServerResponse } from "node:http";

/** Writes lines of JSON no faster than they are read. */
export type LineWriter = {
  /** Resolves once there is room for more: true, or false where the client is gone or has not read for too long. */
  readonly write: (...lines: readonly object[]) => Promise<boolean>;
};

export function createLineWriter(response: ServerResponse, stallMs: number): LineWriter {
  const room = (): Promise<boolean> =>
    new Promise(resolve => {
      const settle = (drained: boolean): void => {
        clearTimeout(stall);
        response.off("drain", onDrain).off("close", onClose);
        resolve(drained);
      };
      const onDrain = () => settle(true);
      const onClose = () => settle(false);
      // It resumes after the token of the last line it read.
      const stall = setTimeout(() => response.destroy(), stallMs);
      response.once("drain", onDrain).once("close", onClose);
    });
  return {
    write: async (...lines) => {
      if (response.destroyed) return false;
      if (!response.headersSent)
        response.writeHead(200, { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" });
      return response.write(lines.map(line => `${JSON.stringify(line)}\n`).join("")) || (await room());
    },
  };
}
