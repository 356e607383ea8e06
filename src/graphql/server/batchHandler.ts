import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { BatchContext, FactBatch, Intake } from "../../intake/fact.ts";
import { answerJson, discardBody } from "./answer.ts";
import { readBody } from "./readBody.ts";
import type { ServerLimits } from "./serverLimits.ts";
import { submitFacts } from "./submitFacts.ts";

/** A batch as the product's own commands hand it over, refused file rows included: `{ batch, context }`. */
export const batchMediaType = "application/vnd.c360.batch+json";

/** `/facts/batch`: the intake port over HTTP, for the command line beside a running server. Answers `{ outcomes }`. */
export function createBatchHandler({
  intake,
  limits,
  logger,
}: {
  readonly intake: Intake;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const refuse = (status: number, code: string, message: string): void => {
      answerJson(response, status, { code, message });
      discardBody(response);
    };
    if (request.headers["content-type"] !== batchMediaType)
      return refuse(415, "UNSUPPORTED_MEDIA_TYPE", `Only ${batchMediaType} is taken here; CloudEvents go to /facts.`);
    const body = await readBody(request, limits.bodyBytes, limits.bodyMs);
    if (body.kind === "tooLarge")
      return refuse(413, "BODY_TOO_LARGE", `The body is larger than ${limits.bodyBytes} bytes.`);
    if (body.kind !== "whole") return refuse(408, "BODY_INCOMPLETE", "The body did not arrive in time.");
    const parsed = parse(body.bytes);
    if (parsed === null)
      return refuse(400, "BAD_REQUEST", "The body must be a JSON object with `batch` and `context`.");
    const outcomes = await submitFacts(intake, parsed.batch, parsed.context, limits.intakeMs);
    if (!("kind" in outcomes)) return answerJson(response, 200, { outcomes });
    const { code, message, unexpected } = outcomes;
    if (unexpected !== null) logger.error({ err: unexpected }, "the intake failed");
    answerJson(
      response,
      unexpected === null ? 503 : 500,
      { code, message },
      unexpected === null ? { "retry-after": "5" } : {},
    );
  };
}

const formats = new Set<unknown>(["facts", "cloudevents", "cloudevents-lines", "refused-rows"]);

function parse(bytes: Buffer): { readonly batch: FactBatch; readonly context: BatchContext } | null {
  try {
    const { batch, context } = JSON.parse(bytes.toString("utf8"));
    const items = batch.facts ?? batch.events ?? batch.lines ?? batch.rows;
    return formats.has(batch.format) && Array.isArray(items) && typeof context.source === "string"
      ? { batch, context }
      : null;
  } catch {
    return null;
  }
}
