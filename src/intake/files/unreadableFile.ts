import { CsvError } from "csv-parse";
import type { FileRefusal } from "./fileRefusal.ts";

/** Raised inside this folder only, to leave a stream; the readers turn it back into a value. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.refusal = refusal;
  }
}

const csvAdvice: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote that begins here or before is never closed",
  CSV_INVALID_CLOSING_QUOTE: "text follows a closing quote",
  INVALID_OPENING_QUOTE: "a quote stands inside a value that does not begin with one",
  CSV_MAX_RECORD_SIZE: "a row is longer than 1 MB, most likely because a quote before it is never closed",
};

/** A known failure of reading as UnreadableFile; anything else, being a bug, as it is. */
export function toUnreadable(error: unknown, path: string, encoding: string, line: number): unknown {
  if (error instanceof UnreadableFile) return error;
  if (!(error instanceof Error)) return error;
  const refuse = (code: FileRefusal["code"], at: number | null, message: string) =>
    new UnreadableFile({ code, file: path, line: at, path: null, message }, { cause: error });
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof CsvError) {
    const at = typeof error.lines === "number" ? error.lines : line;
    return refuse(
      "CSV_BROKEN",
      at,
      `${csvAdvice[code] ?? error.message}; correct the file, or say in the mapping how it quotes (quotes: literal or none), then import again`,
    );
  }
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return refuse(
      "ENCODING_WRONG",
      line,
      `a byte of this line is not ${encoding}; name the file's encoding in the mapping (latin1, windows-1250 …)`,
    );
  if (code === "Z_BUF_ERROR") return refuse("GZIP_BROKEN", line, "the gzip data ends too early; fetch the file again");
  if (code.startsWith("Z_")) return refuse("GZIP_BROKEN", line, `the gzip data is broken (${error.message})`);
  if (["ENOENT", "EACCES", "EISDIR", "EPERM", "EIO"].includes(code))
    return refuse("FILE_UNREADABLE", null, `cannot be read (${code})`);
  return error;
}
