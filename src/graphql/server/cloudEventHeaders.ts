import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject, JsonValue } from "../../domain/json.ts";

/**
 * The attributes of a CloudEvent in binary mode: its `ce-` headers, percent-decoded as the HTTP binding asks. Null where the
 * request is no CloudEvent in binary mode.
 */
export function cloudEventAttributes(headers: IncomingHttpHeaders): Readonly<Record<string, string>> | null {
  if (headers["ce-specversion"] === undefined && headers["ce-id"] === undefined) return null;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith("ce-") && typeof value === "string") attributes[name.slice(3)] = decode(value);
  return attributes;
}

/** The event in the JSON format, from its attributes and its body; an empty body is an event without data. */
export const cloudEvent = (
  attributes: Readonly<Record<string, string>>,
  contentType: string,
  data: JsonValue | undefined,
): JsonObject => ({ ...attributes, datacontenttype: contentType, ...(data === undefined ? {} : { data }) });

function decode(value: string): string {
  const plain = /^"(.*)"$/.exec(value)?.[1]?.replaceAll(/\\(.)/g, "$1") ?? value;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain; // a lone "%": not encoded by the rules, so taken as it is
  }
}
