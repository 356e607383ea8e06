import type { ValueObject, ValueSpec } from "./mapping.ts";
import { cellText, noteFault, type Row } from "./row.ts";
import type { Scope } from "./scope.ts";

/** Gives the trimmed text of a value; "" where there is none. */
export type TextReader = (row: Row) => string;

/** Reads where a value comes from (column, template, lookup …), before it is turned into anything else. */
export function textReader(spec: ValueSpec, scope: Scope): TextReader {
  if (typeof spec === "string") return withoutBlanks(columnReader(spec, scope), scope.empty);
  const empty = spec.empty === undefined ? scope.empty : [...scope.empty, ...spec.empty];
  return withoutBlanks(sourceReader(spec, scope), empty);
}

function sourceReader(spec: ValueObject, scope: Scope): TextReader {
  if (spec.column !== undefined) return columnReader(spec.column, scope);
  if (spec.template !== undefined) return templateReader(spec.template, scope);
  if (spec.lookup !== undefined) return lookupReader(spec.lookup, spec.key!, spec.take!, scope);
  if (spec.firstOf !== undefined) {
    const readers = spec.firstOf.map(each => textReader(each, scope));
    return row => {
      for (const read of readers) {
        const text = read(row);
        if (text !== "") return text;
      }
      return "";
    };
  }
  const constant = String(spec.constant ?? "");
  return () => constant;
}

function withoutBlanks(read: TextReader, empty: readonly string[]): TextReader {
  if (empty.length === 0) return read;
  return row => {
    const text = read(row);
    return empty.includes(text) ? "" : text;
  };
}

function columnReader(column: string, scope: Scope): TextReader {
  const index = scope.columnIndex(column);
  return row => cellText(row.cells[index]);
}

/** `{column}` stands for that column's text; a template with an empty column gives nothing. */
export function templateReader(template: string, scope: Scope): TextReader {
  const parts = template.split(/\{([^{}]+)\}/);
  const readers = parts.map((part, index) => (index % 2 === 0 ? () => part : textReader(part, scope)));
  return row => {
    let text = "";
    for (const [index, read] of readers.entries()) {
      const piece = read(row);
      if (piece === "" && index % 2 === 1) return "";
      text += piece;
    }
    return text;
  };
}

export const columnsOfTemplate = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]+)\}/g)].map(match => match[1]!);

function lookupReader(name: string, key: ValueSpec, take: string, scope: Scope): TextReader {
  const lookup = scope.lookup(name);
  const readKey = textReader(key, scope);
  const column = lookup.columns.indexOf(take);
  const what = describeValue(key, scope);
  return row => {
    const wanted = readKey(row);
    if (wanted === "") return "";
    const found = lookup.rows.get(wanted);
    if (found === undefined) return "";
    if (found !== "ambiguous") return found[column] ?? "";
    noteFault(row, "ambiguous-lookup", `${lookup.file} has rows that disagree for ${lookup.key} = ${what}`);
    return "";
  };
}

/** How a value is told in a fault: "client_id", "client_id of disp.csv (lookup owner)". */
export function describeValue(spec: ValueSpec, scope: Scope): string {
  if (typeof spec === "string") return `column ${spec}`;
  if (spec.column !== undefined) return `column ${spec.column}`;
  if (spec.template !== undefined) return `"${spec.template}"`;
  if (spec.firstOf !== undefined) return spec.firstOf.map(each => describeValue(each, scope)).join(" or ");
  if (spec.lookup !== undefined) {
    const { file, key } = scope.lookup(spec.lookup);
    return `${spec.take} of ${file} for ${key} = ${describeValue(spec.key!, scope)}`;
  }
  return "the value";
}
