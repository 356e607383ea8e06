import { createRequire } from "node:module";
import { join } from "node:path";
import type { ColumnTest, Plan } from "../../src/domain/segment/plan.ts";
import type { TagValue, ValueType } from "../../src/domain/tag/tagValue.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import type { BenchTag } from "./table.ts";

/** The same table in DuckDB, in memory, as its own guide advises: enumerations as enums, sets as lists, two threads. */
export type DuckTable = {
  /** The customers from the one up to but without the other. */
  readonly append: (from: number, to: number) => Promise<void>;
  readonly count: (plan: Plan) => Promise<number>;
  readonly close: () => void;
};

/** What DuckDB takes and works through at a time. */
export const rowsPerChunk = 2048;

export async function openDuckTable(tags: readonly BenchTag[]): Promise<DuckTable> {
  // Installed with the peers of the bench, beside them: what runs no bench has no need of it.
  const duck = createRequire(join(packageRoot, "bench/package.json"))("@duckdb/node-api") as Duck;
  const instance = await duck.DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const types = tags.map(({ type }) => duckType(duck, type));
  await connection.run(`create table t (${tags.map(({ code }, index) => `"${code}" ${types[index]}`).join(", ")})`);
  return {
    append: async (from, to) => {
      const appender = await connection.createAppender("t");
      for (let start = from; start < to; start += rowsPerChunk) {
        const rows = Math.min(rowsPerChunk, to - start);
        const chunk = duck.DuckDBDataChunk.create(types, rows);
        const values = new Array<DuckValue>(rows);
        tags.forEach(({ type, valueAt }, index) => {
          for (let row = 0; row < rows; row += 1) values[row] = duckValue(duck, type, valueAt(start + row));
          chunk.setColumnValues(index, values);
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    },
    count: plan => countOf(connection, sqlOf(plan)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** What of DuckDB's client is used here, after its documentation. */
type Duck = {
  readonly DuckDBInstance: {
    readonly create: (path: string, options: Record<string, string>) => Promise<DuckInstance>;
  };
  readonly DuckDBDataChunk: { readonly create: (types: readonly DuckType[], rows: number) => DuckChunk };
  readonly listValue: (items: readonly string[]) => DuckValue;
  readonly ENUM: (values: readonly string[]) => DuckType;
  readonly LIST: (of: DuckType) => DuckType;
} & Readonly<Record<"BOOLEAN" | "INTEGER" | "BIGINT" | "VARCHAR", DuckType>>;
type DuckType = { readonly toString: () => string };
type DuckValue = null | boolean | number | bigint | string | { readonly items: readonly unknown[] };
type DuckChunk = { readonly setColumnValues: (column: number, values: readonly DuckValue[]) => void };
type DuckInstance = { readonly connect: () => Promise<DuckConnection>; readonly closeSync: () => void };
type DuckConnection = {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (sql: string) => Promise<{ readonly getRows: () => readonly (readonly unknown[])[] }>;
  readonly createAppender: (
    table: string,
  ) => Promise<{ readonly appendDataChunk: (chunk: DuckChunk) => void; readonly closeSync: () => void }>;
  readonly closeSync: () => void;
};

function duckType({ BOOLEAN, ENUM, INTEGER, BIGINT, VARCHAR, LIST }: Duck, type: ValueType): DuckType {
  switch (type.kind) {
    case "boolean":
      return BOOLEAN;
    case "enumeration":
      return ENUM(type.values);
    case "number":
    case "money":
      return INTEGER;
    case "date":
      return BIGINT;
    case "text":
      return VARCHAR;
    case "set":
      return LIST(VARCHAR);
  }
}

function duckValue({ listValue }: Duck, type: ValueType, value: TagValue): DuckValue {
  if (value === null) return null;
  if (type.kind === "date") return BigInt(value as number);
  return typeof value === "object" ? listValue([...(value as readonly string[])]) : value;
}

async function countOf(connection: DuckConnection, where: string): Promise<number> {
  const reader = await connection.runAndReadAll(`select count(*) from t where ${where}`);
  return Number(reader.getRows()[0]?.[0]);
}

/** What is missing is null, which a filter lets pass as little as false: only opposites have to say so. */
function sqlOf(plan: Plan): string {
  switch (plan.kind) {
    case "all":
    case "any":
      return `(${plan.of.map(sqlOf).join(plan.kind === "all" ? " and " : " or ")})`;
    case "not":
      return `not coalesce(${sqlOf(plan.of)}, false)`;
    case "column":
      return testSql(`"${plan.code}"`, plan.test);
    default:
      throw new TypeError(`no rule of the bench has a part of the kind ${plan.kind}`);
  }
}

function testSql(column: string, test: ColumnTest): string {
  const listed = (values: readonly string[]): string => values.map(value => `'${value}'`).join(", ");
  switch (test.kind) {
    case "exists":
      return `${column} is not null`;
    case "is":
      return `${column} = ${test.value}`;
    case "within":
      return `(${test.ranges
        .map(({ from, to }) =>
          [
            ...(Number.isFinite(from) ? [`${column} >= ${from}`] : []),
            ...(Number.isFinite(to) ? [`${column} < ${to}`] : []),
          ].join(" and "),
        )
        .join(" or ")})`;
    case "oneOf":
      return test.values.length === 1 ? `${column} = ${listed(test.values)}` : `${column} in (${listed(test.values)})`;
    case "holdsAny":
      return test.values.length === 1
        ? `list_contains(${column}, ${listed(test.values)})`
        : `list_has_any(${column}, [${listed(test.values)}])`;
    case "holdsAll":
      return `list_has_all(${column}, [${listed(test.values)}])`;
    default:
      throw new TypeError(`no rule of the bench has a test of the kind ${test.kind}`);
  }
}
