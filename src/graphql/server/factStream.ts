import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import type { BatchContext, FactOutcome, Intake } from "../../intake/fact.ts";
import { createTally, outcomeJson } from "./factOutcomes.ts";
import { createFactStreamAnswer } from "./factStreamAnswer.ts";
import { lineChunks } from "./lineChunks.ts";
import type { ServerLimits } from "./serverLimits.ts";
import { type NotSubmitted, submitFacts } from "./submitFacts.ts";
import { type TextLine, textLines } from "./textLines.ts";

type Outcomes = Promise<readonly FactOutcome[] | NotSubmitted>;

export type FactStreamOptions = {
  readonly intake: Intake;
  readonly context: BatchContext;
  readonly limits: ServerLimits;
  readonly logger: FastifyBaseLogger;
  /** Only the last line is wanted. */
  readonly summaryOnly: boolean;
};

/**
 * Takes a stream of CloudEvents, one per line, and answers with one line per fact (its line number and outcome), as soon
 * as it is durable, and a last one with the tally. Memory is bounded: with enough chunks waiting for the intake, or
 * answers waiting for the client, the socket is read no further. A line that got no outcome was not acknowledged and is
 * to be sent again. `complete` in the tally is false where the stream ended early, with the reason.
 */
export async function takeFactStream(
  request: IncomingMessage,
  response: ServerResponse,
  { intake, context, limits, logger, summaryOnly }: FactStreamOptions,
): Promise<void> {
  const told = createFactStreamAnswer(response);
  const tally = createTally();
  let tooLong = 0;
  let failed: NotSubmitted | null = null;
  let inFlight = 0;
  let telling: Promise<void> = Promise.resolve();
  let wake = (): void => {};
  const stall = setTimeout(() => request.destroy(new Error(`nothing moved for ${limits.stallMs} ms`)), limits.stallMs);

  const summary = () => ({
    ...tally.read(),
    tooLong,
    complete: failed === null,
    ...(failed === null ? {} : { code: failed.code, message: failed.message, outcome: failed.outcome }),
  });

  async function tell(lines: readonly TextLine[], submitted: Outcomes): Promise<void> {
    const outcomes = await submitted;
    stall.refresh();
    if ("kind" in outcomes) {
      if (outcomes.unexpected !== null)
        logger.error({ err: outcomes.unexpected }, "the intake failed on a fact stream");
      failed ??= outcomes;
      return;
    }
    let next = 0;
    let text = "";
    for (const line of lines) {
      if (line.kind === "tooLong") {
        tooLong += 1;
        text += `${JSON.stringify({ line: line.number, kind: "tooLong", limitBytes: limits.lineBytes })}\n`;
        continue;
      }
      const outcome = outcomes[next++]!;
      tally.add(outcome);
      if (!summaryOnly) text += `${JSON.stringify({ line: line.number, ...outcomeJson(outcome) })}\n`;
    }
    await told.write(text);
  }

  function submit(lines: readonly TextLine[]): void {
    const texts = lines.flatMap(line => (line.kind === "text" ? [line.text] : []));
    const submitted: Outcomes =
      texts.length === 0
        ? Promise.resolve([])
        : submitFacts(intake, { format: "cloudevents-lines", lines: texts }, context, limits.intakeMs);
    inFlight += 1;
    telling = telling
      .then(() => tell(lines, submitted))
      .then(() => {
        // Told at once, although the client may be waiting before it sends more.
        if (failed !== null && inFlight === 1 && !response.writableEnded) told.end(summary(), true);
      })
      .catch((error: unknown) => void request.destroy(error as Error))
      .finally(() => {
        inFlight -= 1;
        wake();
      });
  }

  try {
    for await (const lines of lineChunks(textLines(watched(request, stall), limits.lineBytes), limits)) {
      if (failed !== null) continue; // read and thrown away, so that the answer is not lost with the connection
      submit(lines);
      while (inFlight >= limits.chunksInFlight) await new Promise<void>(resolve => (wake = resolve));
    }
    await telling;
    if (!response.writableEnded) told.end(summary(), failed !== null);
  } catch (error) {
    await telling;
    if (!response.writableEnded) {
      // The client went away or stalled: what it was not told, it sends again. What is with the intake stays there.
      logger.info({ reason: (error as Error).message, ...tally.read() }, "a fact stream was broken off");
      response.destroy();
    }
  } finally {
    clearTimeout(stall);
  }
}

async function* watched(source: AsyncIterable<Buffer>, stall: NodeJS.Timeout): AsyncGenerator<Buffer> {
  for await (const part of source) {
    stall.refresh();
    yield part;
  }
}
