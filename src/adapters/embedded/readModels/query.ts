import type Database from "better-sqlite3";
import { readModelFailure } from "./readModelFailure.ts";

/** Reads over one connection. Rows come as arrays, in the order of the columns. Each throws StorageFailure. */
export type Query = {
  readonly first: <Columns>(sql: string, ...values: unknown[]) => Columns | null;
  readonly all: <Columns>(sql: string, ...values: unknown[]) => Columns[];
  /** Row by row, for readers that may stop early. */
  readonly each: <Columns>(sql: string, ...values: unknown[]) => Iterable<Columns>;
};

/*
 * Parameters that the planner does not look at. SQLite prepares a statement anew whenever a parameter is bound whose
 * value could have changed the plan: what a column equals, how many rows are wanted. The driver clears parameters after
 * each run, so that would be every time, at several times the cost of a point read.
 */
export const anInteger = "CAST(? AS INTEGER)";
export const aText = "CAST(? AS TEXT)";

export function queryOver(database: Database.Database): Query {
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql).raw();
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    first: <Columns>(sql: string, ...values: unknown[]) => {
      try {
        return (prepared(sql).get(...values) ?? null) as Columns | null;
      } catch (error) {
        throw readModelFailure(error, database.name);
      }
    },
    all: <Columns>(sql: string, ...values: unknown[]) => {
      try {
        return prepared(sql).all(...values) as Columns[];
      } catch (error) {
        throw readModelFailure(error, database.name);
      }
    },
    each: function* <Columns>(sql: string, ...values: unknown[]) {
      try {
        yield* prepared(sql).iterate(...values) as Iterable<Columns>;
      } catch (error) {
        throw readModelFailure(error, database.name);
      }
    },
  };
}
