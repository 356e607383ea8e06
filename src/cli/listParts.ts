import type { ListFormat } from "../definitions/assignmentList.ts";

/** A stretch of a list that one request carries. `firstLine`: where it begins in the file; its own header line aside. */
export type ListPart = { readonly content: string; readonly firstLine: number; readonly lines: number };

/** What a server takes in one request, with room for escapes. */
const partBytes = 1_500_000;
const partLines = 20_000;

/** Cuts a list at line ends; every part of a CSV has the header line. Cells do not span lines. */
export function listParts(text: string, format: ListFormat): ListPart[] {
  const lines = text.split("\n");
  const header = format === "csv" ? `${lines.shift() ?? ""}\n` : "";
  const offset = format === "csv" ? 2 : 1;
  const parts: ListPart[] = [];
  let [held, bytes, start] = [[] as string[], 0, 0];
  const close = (end: number): void => {
    if (held.some(line => line.trim() !== ""))
      parts.push({ content: header + held.join("\n"), firstLine: start + offset, lines: held.length });
    [held, bytes, start] = [[], 0, end];
  };
  for (const [at, line] of lines.entries()) {
    if (held.length > 0 && (held.length === partLines || bytes + line.length > partBytes)) close(at);
    held.push(line);
    bytes += line.length + 1;
  }
  close(lines.length);
  return parts.length === 0 ? [{ content: text, firstLine: 1, lines: 0 }] : parts;
}

/** The line of the file that a part's line is. */
export const lineInFile = ({ firstLine }: ListPart, line: number, format: ListFormat): number =>
  format === "csv" ? (line === 1 ? 1 : firstLine + line - 2) : firstLine + line - 1;
