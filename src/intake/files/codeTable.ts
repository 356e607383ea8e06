import type { JsonScalar } from "../../domain/json.ts";
import type { CodeTable } from "./mapping.ts";

/** The standard value of a source's code; undefined where the table refuses an unknown one. */
export type CodeReader = (code: string) => JsonScalar | undefined;

/** "" is a code like any other, but an empty cell whose table does not list it has no value and never gets here. */
export function codeReader({ values, unknown }: CodeTable): CodeReader {
  const standard = new Map(Object.entries(values));
  const otherwise: CodeReader =
    unknown === "refuse" ? () => undefined : unknown === "keep" ? code => code : () => unknown.default;
  return code => {
    const found = standard.get(code);
    return found === undefined ? otherwise(code) : found;
  };
}

export const listsEmpty = ({ values }: CodeTable): boolean => Object.hasOwn(values, "");
