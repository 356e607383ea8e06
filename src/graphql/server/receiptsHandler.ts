import { isUtf8 } from "node:buffer";
import type { ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { ReceiptDoor, ReceiptOutcome } from "../../campaigns/receipts.ts";
import type { BatchContext } from "../../intake/fact.ts";
import { answerJson, discardBody } from "./answer.ts";
import type { Handler } from "./directRoutes.ts";
import { createTally, outcomeJson } from "./factOutcomes.ts";
import { readBody } from "./readBody.ts";
import type { ServerLimits } from "./serverLimits.ts";
import { storedOrNot } from "./submitFacts.ts";

/**
 * Receipts of channels over HTTP: one as a JSON object, or a list of them. `?source=` names whose they are ("receipts" otherwise). 200:
 * everything is durable, and the outcomes are in the body; 422: the one receipt was quarantined; 400: not JSON, and not kept. 503 with
 * `retry-after`: send them again, what is stored already will be a duplicate.
 */
export function createReceiptsHandler({
  receipts,
  limits,
  logger,
}: {
  readonly receipts: ReceiptDoor;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
}): Handler {
  const report = (items: readonly unknown[], context: BatchContext) =>
    storedOrNot(receipts.report(items, context), limits.intakeMs);

  const take = async (response: ServerResponse, body: unknown, context: BatchContext): Promise<void> => {
    const items: readonly unknown[] = Array.isArray(body) ? body : [body];
    const outcomes: ReceiptOutcome[] = [];
    const tally = createTally();
    for (let start = 0; start < items.length; start += limits.chunkLines) {
      const told = await report(items.slice(start, start + limits.chunkLines), context);
      if ("kind" in told) {
        const { code, message, outcome, unexpected } = told;
        if (unexpected !== null) logger.error({ err: unexpected }, "the door for receipts failed");
        const headers = unexpected === null ? { "retry-after": "5" } : {};
        return answerJson(response, unexpected === null ? 503 : 500, { code, message, outcome }, headers);
      }
      for (const outcome of told) {
        outcomes.push(outcome);
        tally.add(outcome);
      }
    }
    if (Array.isArray(body)) return answerJson(response, 200, { outcomes: outcomes.map(receiptJson), ...tally.read() });
    const [outcome] = outcomes as [ReceiptOutcome];
    answerJson(response, outcome.kind === "quarantined" ? 422 : 200, receiptJson(outcome));
  };

  return async (request, response) => {
    const refused = (status: number, code: string, message: string, headers = {}): void => {
      answerJson(response, status, { code, message }, headers);
      discardBody(response);
    };
    if (request.method !== "POST")
      return refused(405, "METHOD_NOT_ALLOWED", "Receipts are sent by POST.", { allow: "POST" });
    const [type = ""] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
    if (type.trim() !== "application/json" || request.headers["content-encoding"] !== undefined)
      return refused(415, "UNSUPPORTED_MEDIA_TYPE", "Receipts are application/json: one object, or a list of them.");
    const body = await readBody(request, limits.bodyBytes, limits.bodyMs);
    if (body.kind === "tooLarge")
      return refused(413, "BODY_TOO_LARGE", `The body is larger than ${limits.bodyBytes} bytes; send fewer at a time.`);
    if (body.kind !== "whole") return refused(408, "BODY_INCOMPLETE", "The body did not arrive in time.");
    const parsed = parse(body.bytes);
    if (parsed === undefined) return refused(400, "BAD_REQUEST", "The body is not JSON in UTF-8; nothing was taken.");
    const named = new URL(request.url ?? "/", "http://localhost").searchParams.get("source");
    await take(response, parsed.value, {
      source: named !== null && /^[\w.:/@-]{1,100}$/.test(named) ? named : "receipts",
    });
  };
}

const receiptJson = (outcome: ReceiptOutcome) => {
  const { withdrawal, ...fact } = outcome;
  return { ...outcomeJson(fact), withdrawal: withdrawal === null ? null : outcomeJson(withdrawal) };
};

function parse(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return isUtf8(bytes) ? { value: JSON.parse(bytes.toString("utf8")) } : undefined;
  } catch {
    return undefined;
  }
}
