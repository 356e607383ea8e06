import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { JsonValue } from "../../domain/json.ts";
import type { BatchContext, FactBatch, FactOutcome, Intake } from "../../intake/fact.ts";
import { answerJson, discardBody } from "./answer.ts";
import { cloudEvent, cloudEventAttributes } from "./cloudEventHeaders.ts";
import { createTally, outcomeJson } from "./factOutcomes.ts";
import { takeFactStream } from "./factStream.ts";
import { readBody } from "./readBody.ts";
import type { ServerLimits } from "./serverLimits.ts";
import { type NotSubmitted, submitFacts } from "./submitFacts.ts";

export type FactsHandlerOptions = {
  readonly intake: Intake;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
};

/**
 * Facts over HTTP as CloudEvents 1.0: one in structured mode (`application/cloudevents+json`) or binary mode (`ce-` headers
 * and a JSON body), a batch (`application/cloudevents-batch+json`), or a stream of lines (`application/x-ndjson`).
 * `?source=` (or `x-source`) names whom a fact is filed under that does not name its own; `x-correlation-id` ties them together.
 *
 * 200: everything is durable; each item's outcome is in the body. 422: the one event was quarantined. 400: not JSON; kept
 * whole in quarantine. 413, 415, 408: not taken. 503 with `retry-after`: the store could not take it, or did not say in
 * time; sending it again is safe.
 */
export function createFactsHandler({
  intake,
  limits,
  logger,
}: FactsHandlerOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    if (request.method !== "POST")
      return answerJson(
        response,
        405,
        { code: "METHOD_NOT_ALLOWED", message: "Facts are sent by POST." },
        { allow: "POST" },
      );
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const context = contextOf(request, query.get("source"));
    const [type = "", ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
    const mediaType = type.trim();
    const charset = parameters.map(item => item.trim()).find(item => item.startsWith("charset="));
    const attributes = cloudEventAttributes(request.headers);
    const form = formOf(mediaType, attributes !== null);
    if (form === null || request.headers["content-encoding"] !== undefined || !isUtf8Charset(charset)) {
      refuse(response, 415, "UNSUPPORTED_MEDIA_TYPE", accepted);
    } else if (form === "lines") {
      const summaryOnly = query.get("summary") === "true";
      return takeFactStream(request, response, { intake, context, limits, logger, summaryOnly });
    } else {
      const body = await readBody(request, limits.bodyBytes, limits.bodyMs);
      if (body.kind === "tooLarge")
        refuse(
          response,
          413,
          "BODY_TOO_LARGE",
          `The body is larger than ${limits.bodyBytes} bytes; send many facts as application/x-ndjson.`,
        );
      else if (body.kind !== "whole") refuse(response, 408, "BODY_INCOMPLETE", "The body did not arrive in time.");
      else await take(response, form, body.bytes, attributes ?? {}, mediaType, context);
    }
    discardBody(response);
  };

  async function take(
    response: ServerResponse,
    form: "event" | "batch" | "binary",
    bytes: Buffer,
    attributes: Readonly<Record<string, string>>,
    mediaType: string,
    context: BatchContext,
  ): Promise<void> {
    const parsed = parse(bytes);
    if (parsed.ok && form === "batch" && Array.isArray(parsed.value)) return takeBatch(response, parsed.value, context);
    if (parsed.ok && form !== "batch") {
      const event =
        form === "binary"
          ? cloudEvent(attributes, mediaType, bytes.length === 0 ? undefined : parsed.value)
          : parsed.value;
      return takeOne(response, { format: "cloudevents", events: [event] }, context);
    }
    // Not what it says it is: refused, and kept as the text it is. In binary mode the headers belong to the fact.
    const head = form === "binary" ? Object.entries(attributes).map(([name, value]) => `ce-${name}: ${value}\n`) : [];
    const text = [...head, head.length > 0 ? "\n" : "", bytes].map(textOf).join("");
    const reason = parsed.ok ? "A batch is a JSON array of CloudEvents." : `The body is not JSON: ${parsed.reason}`;
    const kept = await submitFacts(intake, { format: "cloudevents-lines", lines: [text] }, context, limits.intakeMs);
    if ("kind" in kept) return unavailable(response, kept);
    answerJson(response, 400, { code: "BAD_REQUEST", message: reason, kept: outcomeJson(kept[0]!) });
  }

  async function takeOne(response: ServerResponse, batch: FactBatch, context: BatchContext): Promise<void> {
    const outcomes = await submitFacts(intake, batch, context, limits.intakeMs);
    if ("kind" in outcomes) return unavailable(response, outcomes);
    const outcome = outcomes[0]!;
    answerJson(response, outcome.kind === "quarantined" ? 422 : 200, outcomeJson(outcome));
  }

  async function takeBatch(
    response: ServerResponse,
    events: readonly JsonValue[],
    context: BatchContext,
  ): Promise<void> {
    const outcomes: FactOutcome[] = [];
    const tally = createTally();
    for (let start = 0; start < events.length; start += limits.chunkLines) {
      const part = events.slice(start, start + limits.chunkLines);
      const told = await submitFacts(intake, { format: "cloudevents", events: part }, context, limits.intakeMs);
      // Outcomes of earlier parts are durable, but a 503 makes the client send the whole batch again: duplicates then.
      if ("kind" in told) return unavailable(response, told);
      for (const outcome of told) {
        outcomes.push(outcome);
        tally.add(outcome);
      }
    }
    answerJson(response, 200, { outcomes: outcomes.map(outcomeJson), ...tally.read() });
  }

  function unavailable(response: ServerResponse, failure: NotSubmitted): void {
    const { code, message, outcome, unexpected } = failure;
    if (unexpected !== null) logger.error({ err: unexpected }, "the intake failed");
    const headers = unexpected === null ? { "retry-after": "5" } : {};
    answerJson(response, unexpected === null ? 503 : 500, { code, message, outcome }, headers);
  }
}

const accepted =
  "Facts are CloudEvents in UTF-8, unpacked: application/cloudevents+json (one), application/cloudevents-batch+json (many), " +
  "application/x-ndjson (a stream, one per line), or application/json with ce- headers (binary mode).";

const refuse = (response: ServerResponse, status: number, code: string, message: string) =>
  answerJson(response, status, { code, message });

function formOf(mediaType: string, hasAttributes: boolean): "event" | "batch" | "binary" | "lines" | null {
  switch (mediaType) {
    case "application/cloudevents+json":
      return "event";
    case "application/cloudevents-batch+json":
      return "batch";
    case "application/x-ndjson":
      return "lines";
    case "application/json":
      return hasAttributes ? "binary" : null;
    default:
      return null;
  }
}

const isUtf8Charset = (charset: string | undefined): boolean =>
  charset === undefined || ["utf-8", "utf8"].includes(charset.slice("charset=".length).replaceAll('"', ""));

function contextOf(request: IncomingMessage, querySource: string | null): BatchContext {
  const source = named(querySource) ?? named(request.headers["x-source"]) ?? "http";
  const correlationId = named(request.headers["x-correlation-id"]);
  return correlationId === null ? { source } : { source, correlationId };
}

const named = (text: unknown): string | null =>
  typeof text === "string" && /^[\w.:/@-]{1,100}$/.test(text) ? text : null;

type Parsed = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly reason: string };

function parse(bytes: Buffer): Parsed {
  if (bytes.length === 0) return { ok: true, value: null };
  if (!isUtf8(bytes)) return { ok: false, reason: "it is not UTF-8" };
  try {
    return { ok: true, value: JSON.parse(bytes.toString("utf8")) as JsonValue };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

const textOf = (part: string | Buffer): string =>
  typeof part === "string"
    ? part
    : isUtf8(part)
      ? part.toString("utf8")
      : `not UTF-8, as base64: ${part.toString("base64")}`;
