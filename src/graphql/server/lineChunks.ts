import type { ServerLimits } from "./serverLimits.ts";
import type { TextLine } from "./textLines.ts";

/** Gathers lines into chunks of at most so many lines and bytes; what has arrived never waits for more to come. */
export async function* lineChunks(
  source: AsyncIterable<readonly TextLine[]>,
  { chunkLines, chunkBytes }: Pick<ServerLimits, "chunkLines" | "chunkBytes">,
): AsyncGenerator<readonly TextLine[]> {
  for await (const lines of source) {
    let chunk: TextLine[] = [];
    let bytes = 0;
    for (const line of lines) {
      chunk.push(line);
      bytes += line.kind === "text" ? line.bytes : 0;
      if (chunk.length < chunkLines && bytes < chunkBytes) continue;
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    if (chunk.length > 0) yield chunk;
  }
}
