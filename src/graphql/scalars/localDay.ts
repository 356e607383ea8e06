import { formatInstant, parseInstant } from "../../domain/instant.ts";
import { textScalar } from "./textScalar.ts";

const dayMs = 86_400_000;

/** Inside, the day counted from 1970-01-01; outside, its date. */
export const LocalDay = textScalar({
  name: "LocalDay",
  description: "A calendar day in the zone that the field names: `2024-05-31`.",
  expected: "a date, such as 2024-05-31",
  read: text => {
    const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
    return start === null ? null : start / dayMs;
  },
  write: (day: number) => formatInstant(day * dayMs).slice(0, 10),
});
