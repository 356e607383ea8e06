import type { JsonScalar } from "../../domain/json.ts";

/*
 * A mapping file, checked. It is data only: nothing in it is executed. The language is described in docs/mappings.md,
 * its form in mappingSchema.ts.
 */

export type Scalar = string | number | boolean;

/** A column's name, or a value with its options. Exactly one of the sources (the first group) is given. */
export type ValueSpec = string | ValueObject;
export type ValueObject = {
  readonly column?: string;
  readonly constant?: Scalar;
  readonly template?: string;
  readonly lookup?: string;
  readonly firstOf?: readonly ValueSpec[];
  readonly customer?: ValueSpec;
  readonly account?: ValueSpec;
  readonly date?: ValueSpec;
  readonly dateTime?: ValueSpec;

  /** Of a lookup: the value to look up, and the column wanted. */
  readonly key?: ValueSpec;
  readonly take?: string;
  /** Of a reference: the system that gave the id. */
  readonly system?: string;
  /** Of a date: the time of day beside it. */
  readonly time?: ValueSpec;
  readonly timeFormat?: string;
  readonly defaultTime?: string;
  readonly nextDayIfBefore?: ValueSpec;
  readonly zone?: string;

  readonly as?: "text" | "decimal" | "integer" | "boolean" | "date" | "money" | "sign";
  readonly format?: string;
  readonly currency?: ValueSpec;
  readonly abs?: boolean;
  readonly codes?: string;
  readonly empty?: readonly string[];
};

/** One test of a row; a list of them holds when each does. */
export type Condition = {
  readonly column: string;
  readonly equals?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  readonly empty?: boolean;
};

export type SubjectSpec = {
  readonly customer?: ValueSpec;
  readonly account?: ValueSpec;
  readonly unattributed?: true;
  readonly system?: string;
  readonly ifEmpty?: "unattributed" | "refuse";
};

export type FactSpec = {
  readonly type: string;
  readonly schemaVersion?: number;
  /** Templates; the first whose columns are all filled names the fact. */
  readonly id: string | readonly string[];
  readonly numberRepeats?: boolean;
  readonly oncePer?: ValueSpec;
  readonly when?: readonly Condition[];
  readonly subject: SubjectSpec;
  readonly occurredAt: ValueSpec;
  readonly correlationId?: ValueSpec;
  readonly corrects?: ValueSpec;
  /** By dotted path in the fact's `data`. */
  readonly data: Readonly<Record<string, ValueSpec>>;
};

export type FileSpec = {
  readonly name: string;
  readonly optional?: boolean;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly quotes?: "strict" | "literal" | "none";
  /** Names of the columns of a file without a header line. */
  readonly columns?: readonly string[];
  readonly optionalColumns?: readonly string[];
  readonly withoutYear?: { readonly month: string; readonly format?: string; readonly firstYear: number };
  readonly facts: readonly FactSpec[];
};

export type LookupSpec = {
  readonly file: string;
  readonly key: string;
  readonly take: readonly string[];
  readonly where?: readonly Condition[];
  readonly optional?: boolean;
};

export type CodeTable = {
  readonly values: Readonly<Record<string, JsonScalar>>;
  readonly unknown: "refuse" | "keep" | { readonly default: JsonScalar };
};

export type Mapping = {
  readonly mapping: 1;
  readonly source: string;
  readonly description?: string;
  readonly timeZone: string;
  readonly currency?: string;
  readonly customerSystem: string;
  readonly accountSystem?: string;
  readonly numbers?: { readonly decimal?: string; readonly group?: string };
  readonly twoDigitYearsFrom?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly empty?: readonly string[];
  readonly codes?: Readonly<Record<string, CodeTable>>;
  readonly lookups?: Readonly<Record<string, LookupSpec>>;
  readonly files: readonly FileSpec[];
};
