import { Temporal } from "temporal-polyfill";

/** Local calendar days of one time zone. */
export type LocalDays = {
  /** The day ("1994-03-30") an instant falls on. */
  readonly dayOf: (instant: string) => string;
  /** The last millisecond of a day, as RFC 3339 text in UTC. */
  readonly endOfDay: (day: string) => string;
};

export const localDays = (timeZone: string): LocalDays => {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  return {
    dayOf: instant => format.format(new Date(instant)),
    endOfDay: day =>
      Temporal.PlainDate.from(day)
        .add({ days: 1 })
        .toZonedDateTime(timeZone)
        .subtract({ milliseconds: 1 })
        .toInstant()
        .toString({ fractionalSecondDigits: 3 }),
  };
};

/** The last day of a month ("1994-02" gives "1994-02-28"). */
export const lastDayOf = (month: string): string => {
  const { year, month: number, daysInMonth } = Temporal.PlainYearMonth.from(month);
  return Temporal.PlainDate.from({ year, month: number, day: daysInMonth }).toString();
};
