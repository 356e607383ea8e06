import type { JsonValue } from "../../domain/json.ts";
import { accept, type Result, refuse } from "../../domain/result.ts";
import { type ExtractFile, extractFiles } from "./extractFiles.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import type { ReadStep } from "./readFacts.ts";
import { type ByteCounter, textChunks } from "./textChunks.ts";
import { UnreadableFile } from "./unreadableFile.ts";

/** Files of CloudEvents, one JSON object a line; they need no mapping. */
export type CloudEventsPlan = { readonly files: readonly ExtractFile[]; readonly bytesTotal: number };

const isLines = ({ name }: ExtractFile): boolean => name.endsWith(".ndjson") || name.endsWith(".jsonl");

/** Finds the `.ndjson` and `.jsonl` files (also .gz) among the paths; of a folder only those, named one by one any file. */
export async function planCloudEvents(
  paths: readonly string[],
): Promise<Result<CloudEventsPlan, readonly FileRefusal[]>> {
  const found = await extractFiles(paths);
  if (!found.ok) return found;
  const files = found.value.filter(file => isLines(file) || paths.includes(file.path));
  if (files.length > 0) return accept({ files, bytesTotal: files.reduce((sum, { bytes }) => sum + bytes, 0) });
  const message = "there is no .ndjson or .jsonl file (or .gz of one)";
  return refuse([{ code: "FILE_MISSING", file: paths.join(", "), line: null, path: null, message }]);
}

const longestLine = 8 * 1024 * 1024;

/** Reads CloudEvents line by line; a line that is not JSON goes on as text, for the door to refuse and keep. */
export async function* readCloudEvents(plan: CloudEventsPlan, batchSize = 1000): AsyncGenerator<ReadStep> {
  const counter: ByteCounter = { read: 0 };
  let bytesBefore = 0;
  for (const file of plan.files) {
    try {
      yield* readLines(file, plan.bytesTotal, batchSize, counter);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { kind: "stopped", refusal: error.refusal };
      return;
    }
    bytesBefore += file.bytes;
    counter.read = bytesBefore;
  }
}

async function* readLines(
  { name, path }: ExtractFile,
  bytesTotal: number,
  batchSize: number,
  counter: ByteCounter,
): AsyncGenerator<ReadStep> {
  let events: JsonValue[] = [];
  let texts: string[] = [];
  let line = 0;
  let rows = 0;
  const steps = () => {
    const place = { file: name, line, rows, bytesRead: Math.min(counter.read, bytesTotal), bytesTotal };
    const batches: ReadStep[] = [];
    if (events.length > 0)
      batches.push({
        kind: "batch",
        batch: { format: "cloudevents", events },
        types: events.map(typeOf),
        ...place,
      });
    if (texts.length > 0)
      batches.push({
        kind: "batch",
        batch: { format: "cloudevents-lines", lines: texts },
        types: texts.map(() => null),
        ...place,
      });
    events = [];
    texts = [];
    return batches;
  };
  const take = (text: string) => {
    line++;
    if (text.trim() === "") return;
    rows++;
    try {
      events.push(JSON.parse(text) as JsonValue);
    } catch {
      texts.push(text);
    }
  };
  let broken: unknown = null;
  let open = "";
  try {
    for await (const chunk of textChunks(path, "utf-8", counter)) {
      const lines = (open + chunk).split("\n");
      open = lines.pop()!;
      for (const text of lines) {
        take(text);
        if (events.length + texts.length >= batchSize) yield* steps();
      }
      if (open.length > longestLine) throw new UnreadableFile(tooLong(path, line + 1));
    }
    take(open);
  } catch (error) {
    broken = error; // what was read before the break goes first
  }
  yield* steps();
  if (broken !== null) throw broken;
}

const typeOf = (event: JsonValue): string | null =>
  typeof event === "object" && event !== null && "type" in event && typeof event.type === "string" ? event.type : null;

const tooLong = (file: string, line: number): FileRefusal => ({
  code: "LINE_TOO_LONG",
  file,
  line,
  path: null,
  message: "the line is longer than 8 MB; write one CloudEvent a line",
});
