const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,3}))?S)?)?$/;
const units = [
  ["D", 86_400_000],
  ["H", 3_600_000],
  ["M", 60_000],
] as const;
const dayMs = 86_400_000;
/** 200 years of 365.25 days. */
const longestMs = 200 * 365.25 * dayMs;

export type DurationFault = { readonly code: string; readonly message: string };

/** Reads an ISO 8601 duration of exact length ("P30D", "PT1.5S") as milliseconds above zero, or says what is wrong with it. */
export function parseDuration(text: string): number | DurationFault {
  if (/^[-+]?P\d*[.,]?\d*Y|^[-+]?P[^T]*M/.test(text))
    return {
      code: "not-allowed",
      message: "months and years differ in length; use a calendar window, or days (P30D, P365D)",
    };
  if (/[-+]/.test(text)) return { code: "out-of-range", message: "must be longer than zero, without a sign" };
  const match = iso.exec(text);
  if (match === null || text === "P" || text.endsWith("T"))
    return {
      code: "malformed",
      message: "expected an ISO 8601 duration of weeks, days, hours, minutes, seconds, such as P30D or PT36H",
    };
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ""] = match;
  const length =
    ((((+weeks * 7 + +days) * 24 + +hours) * 60 + +minutes) * 60 + +seconds) * 1000 + +fraction.padEnd(3, "0");
  if (length <= 0) return { code: "out-of-range", message: "must be longer than zero" };
  if (length > longestMs) return { code: "out-of-range", message: "must not be longer than 200 years" };
  return length;
}

/** The shortest text of a length in milliseconds above zero: days, hours, minutes and seconds. */
export function formatDuration(length: number): string {
  let rest = length;
  const [days, hours, minutes] = units.map(([letter, ms]) => {
    const whole = Math.floor(rest / ms);
    rest -= whole * ms;
    return whole === 0 ? "" : `${whole}${letter}`;
  });
  const fraction =
    rest % 1000 === 0
      ? ""
      : `.${String(rest % 1000)
          .padStart(3, "0")
          .replace(/0+$/, "")}`;
  const time = `${hours}${minutes}${rest === 0 ? "" : `${Math.floor(rest / 1000)}${fraction}S`}`;
  return `P${days}${time === "" ? "" : `T${time}`}`;
}

/** A length in words: "30 days", "1 day 12 hours". */
export function durationInWords(length: number): string {
  const names = ["day", "hour", "minute"];
  let rest = length;
  const parts = units.flatMap(([, ms], index) => {
    const whole = Math.floor(rest / ms);
    rest -= whole * ms;
    return whole === 0 ? [] : [`${whole} ${names[index]}${whole === 1 ? "" : "s"}`];
  });
  if (rest > 0) parts.push(`${rest / 1000} second${rest === 1000 ? "" : "s"}`);
  return parts.join(" ");
}
