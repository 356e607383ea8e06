/** Why a mapping or a file cannot be read (any further). Rows read before it stay good; importing again is harmless. */
export type FileRefusal = {
  readonly code:
    | "MAPPING_UNREADABLE"
    | "MAPPING_INVALID"
    | "FILE_MISSING"
    | "FILE_UNREADABLE"
    | "FILE_EMPTY"
    | "FILE_REPEATED"
    | "COLUMN_MISSING"
    | "COLUMN_REPEATED"
    | "GZIP_BROKEN"
    | "ENCODING_WRONG"
    | "CSV_BROKEN"
    | "LINE_TOO_LONG";
  readonly file: string;
  /** In a file: the line. In a mapping: null, see `path`. */
  readonly line: number | null;
  /** The column concerned, or in a mapping the path of the offending entry ("/files/2/facts/0/id"). */
  readonly path: string | null;
  /** What is wrong and what to do about it. */
  readonly message: string;
};

/** A refusal on one line of text, for a terminal. */
export function describeRefusal({ file, line, path, message }: FileRefusal): string {
  const place = [file, line === null ? null : `line ${line}`, path].filter(part => part !== null).join(", ");
  return `${place}: ${message}`;
}
