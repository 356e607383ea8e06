import type { QuarantineStatus } from "../../../projections/readModels.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { anInteger, aText, type Query } from "./query.ts";
import { highest, lowest } from "./ranges.ts";
import { type QuarantineColumns, quarantineColumns, quarantineOf } from "./readModelRows.ts";

type Reads = Pick<SessionReads, "quarantine" | "quarantined">;

const oneSql = `SELECT ${quarantineColumns} FROM quarantine WHERE quarantine_id = ?`;

export function quarantineReads({ first, all }: Query): Reads {
  return {
    quarantine: ({ after = lowest, before = highest, direction, limit }, filter) => {
      const status: QuarantineStatus | null = filter?.status ?? null;
      const source = filter?.source ?? null;
      return all<QuarantineColumns>(
        `SELECT ${quarantineColumns} FROM quarantine WHERE position > ? AND position < ?
           ${status === null ? "" : `AND status = ${aText}`} ${source === null ? "" : `AND source = ${aText}`}
         ORDER BY position ${direction === "forward" ? "ASC" : "DESC"} LIMIT ${anInteger}`,
        after,
        before,
        ...[status, source].filter(value => value !== null),
        limit,
      ).map(quarantineOf);
    },
    quarantined: quarantineId => {
      const found = first<QuarantineColumns>(oneSql, quarantineId);
      return found === null ? null : quarantineOf(found);
    },
  };
}
