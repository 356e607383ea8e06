import type { ServerResponse } from "node:http";
import { answerJson, discardBody } from "./answer.ts";

/** Answers held for a client that sends everything before it reads anything; beyond this it must read. */
const unreadBytes = 4 * 1024 * 1024;

/** The answer to a fact stream: lines of JSON as facts are settled, and a last one that closes it. */
export type FactStreamAnswer = {
  /** Resolves once the client has room for more; rejects when it goes away before. */
  readonly write: (lines: string) => Promise<void>;
  /** Sends the last line. A stream that failed before anything was told gets status 503 and `retry-after` instead of 200. */
  readonly end: (summary: object, failed: boolean) => void;
};

export function createFactStreamAnswer(response: ServerResponse): FactStreamAnswer {
  const start = () => {
    if (!response.headersSent)
      response.writeHead(200, { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" });
  };
  return {
    write: async lines => {
      start();
      if (lines !== "") response.write(lines);
      if (response.writableLength < unreadBytes) return;
      await new Promise<void>((resolve, reject) => {
        const onDrain = () => {
          response.off("close", onClose);
          resolve();
        };
        const onClose = () => {
          response.off("drain", onDrain);
          reject(new Error("the client went away"));
        };
        response.once("drain", onDrain).once("close", onClose);
      });
    },
    end: (summary, failed) => {
      if (failed && !response.headersSent) answerJson(response, 503, summary, { "retry-after": "5" });
      else {
        start();
        response.end(`${JSON.stringify(summary)}\n`);
      }
      discardBody(response);
    },
  };
}
