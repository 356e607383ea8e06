import type { QualityCount, QualityMeasure, QualitySource } from "../../../projections/quality/qualityCount.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { anInteger, aText, type Query } from "./query.ts";

export const qualityColumns = "source, day, fact_type, measure, field, code, count";
export type QualityColumns = [string, number, string, QualityMeasure, string, string, number];

export const qualityOf = ([source, day, factType, measure, field, code, count]: QualityColumns): QualityCount => ({
  day,
  source,
  factType,
  measure,
  field,
  code,
  count,
});

const stretch = `FROM quality WHERE source = ${aText} AND day BETWEEN ${anInteger} AND ${anInteger}`;
const byDaySql = `SELECT ${qualityColumns} ${stretch}`;
const wholeSql = `SELECT source, 0, fact_type, measure, field, code, sum(count) ${stretch}
  GROUP BY fact_type, measure, field, code`;
// From one source to the next along the key, however many rows each has.
const sourcesSql = `
  WITH RECURSIVE sources (name) AS (
    SELECT min(source) FROM quality
    UNION ALL
    SELECT (SELECT min(source) FROM quality WHERE source > name) FROM sources WHERE name IS NOT NULL
  )
  SELECT name, (SELECT min(day) FROM quality WHERE source = name), (SELECT max(day) FROM quality WHERE source = name)
  FROM sources WHERE name IS NOT NULL`;

type Reads = Pick<SessionReads, "qualityCounts" | "qualitySources">;

export function qualityReads({ all }: Query): Reads {
  return {
    qualityCounts: ({ source, from, to, grain }) => {
      const counts = all<QualityColumns>(grain === "day" ? byDaySql : wholeSql, source, from, to).map(qualityOf);
      return grain === "day" ? counts : counts.map(count => ({ ...count, day: from }));
    },
    qualitySources: () =>
      all<[string, number, number]>(sourcesSql).map(
        ([source, firstDay, lastDay]): QualitySource => ({ source, firstDay, lastDay }),
      ),
  };
}
