import { type Instant, parseInstant } from "../domain/instant.ts";

const firstMoment = Date.parse("0000-01-01T00:00:00.000Z");
const lastMoment = Date.parse("9999-12-31T23:59:59.999Z");

/** Reads a timestamp that can be written back as one: an offset may push the edges of the four-digit years beyond them. */
export function readInstant(text: string): Instant | null {
  const instant = parseInstant(text);
  return instant === null || instant < firstMoment || instant > lastMoment ? null : instant;
}
