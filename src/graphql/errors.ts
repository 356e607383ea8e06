import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Position } from "../domain/event.ts";
import { StorageFailure } from "../domain/eventLog.ts";
import { InexactFigure } from "../projections/tags/evaluation/inexactFigure.ts";

/** What `extensions.code` may say besides Apollo's own codes and the STORAGE_* codes of StorageFailure. Stable: clients branch on it. */
export type ErrorCode =
  | "BAD_USER_INPUT"
  | "CURSOR_INVALID"
  | "POSITION_NOT_REACHED"
  | "SEGMENT_UNANSWERED"
  | "INTAKE_TIMEOUT"
  | "INTERNAL";

const fault = (code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) =>
  new GraphQLError(message, { extensions: { code, ...details } });

/** `argument` names the argument (or dotted input field) at fault. */
export const badUserInput = (argument: string, message: string) => fault("BAD_USER_INPUT", message, { argument });

export const cursorInvalid = (argument: string) =>
  fault(
    "CURSOR_INVALID",
    `\`${argument}\` is no cursor of this list. Take cursors only from an earlier page of the same list, unchanged; start over without one.`,
    { argument },
  );

export const positionNotReached = (requested: Position, current: Position, waitedMs: number) =>
  fault(
    "POSITION_NOT_REACHED",
    `Position ${requested} is not reflected after waiting ${waitedMs} ms; answers reflect ${current} now. Ask again, or without \`minPosition\`.`,
    { requested: String(requested), position: String(current) },
  );

/** Why there is no figure about an audience, where a field has no room to say it as a value; `reason` as in SegmentUnanswered. */
export const segmentUnanswered = (reason: string, message: string, details: Readonly<Record<string, unknown>>) =>
  fault("SEGMENT_UNANSWERED", message, { reason, ...details });

/** Apollo's code for whatever carries none of its own. */
const uncoded = "INTERNAL_SERVER_ERROR";

/**
 * Gives every error of an answer its stable code and keeps what is nobody's business inside: an exception that is not
 * one of ours leaves without its message and stack. The server logs the original; this only decides what is shown.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError && error.originalError != null ? error.originalError : error;
  if (original instanceof StorageFailure) return shown(formatted, original.message, original.code);
  if (original instanceof Error && original.name === "IntakeTimeout")
    return shown(formatted, original.message, "INTAKE_TIMEOUT");
  if (original instanceof InexactFigure) return shown(formatted, original.message, original.code);
  // Before any field runs only variables can exhaust the stack: graphql-js reads nested inputs by recursion.
  if (original instanceof RangeError && formatted.path === undefined)
    return shown(formatted, "The variables are nested too deeply to be read.", "BAD_USER_INPUT" satisfies ErrorCode);
  const code = formatted.extensions?.code;
  if (typeof code === "string" && code !== uncoded && code !== "INTERNAL") return withoutStack(formatted);
  // graphql-js gives no code to an argument that only turns out wrong while executing.
  if (original instanceof GraphQLError && original.message.startsWith('Argument "'))
    return shown(formatted, original.message, "BAD_USER_INPUT");
  return shown(formatted, "Something went wrong on our side; nothing of it is in this answer. The log has the cause.");
}

const shown = (formatted: GraphQLFormattedError, message: string, code: string = "INTERNAL" satisfies ErrorCode) => ({
  message,
  ...(formatted.locations && { locations: formatted.locations }),
  ...(formatted.path && { path: formatted.path }),
  extensions: { code },
});

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}
