import { formatInstant, parseInstant } from "../../domain/instant.ts";
import { textScalar } from "./textScalar.ts";

/** Inside, an Instant (milliseconds since 1970 UTC); outside, canonical UTC text. */
export const DateTime = textScalar({
  name: "DateTime",
  description:
    "An instant. Given out as RFC 3339 text in UTC with milliseconds, `2024-05-31T22:00:00.000Z`; taken in with any offset.",
  expected: "an RFC 3339 timestamp with offset, such as 2024-05-31T22:00:00Z",
  read: parseInstant,
  write: formatInstant,
});
