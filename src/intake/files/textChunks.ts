import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { toUnreadable } from "./unreadableFile.ts";

/** Bytes taken from disk so far (compressed ones of a .gz), for progress. */
export type ByteCounter = { read: number };

/** The bytes of a file, unzipped where its name ends in .gz, as text. */
export async function* textChunks(path: string, encoding: string, counter: ByteCounter): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const source = createReadStream(path, { highWaterMark: 1 << 17 });
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      counter.read += chunk.length;
      done(null, chunk);
    },
  });
  let line = 1;
  try {
    const zipped = path.endsWith(".gz");
    const bytes = zipped ? createGunzip({ chunkSize: 1 << 17 }) : count;
    // Errors arrive through the iteration of the last stream; this promise only ties the streams together.
    pipeline(zipped ? [source, count, bytes] : [source, count]).catch(() => undefined);
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let text: string;
      try {
        text = decoder.decode(chunk, { stream: true });
      } catch (error) {
        line += linesBeforeBadByte(chunk, encoding);
        throw error;
      }
      if (text !== "") yield text;
      line += countLines(chunk);
    }
    const rest = decoder.decode();
    if (rest !== "") yield rest;
  } catch (error) {
    throw toUnreadable(error, path, encoding, line);
  } finally {
    source.destroy();
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

function linesBeforeBadByte(bytes: Buffer, encoding: string): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let from = bytes.findIndex(byte => (byte & 0b1100_0000) !== 0b1000_0000); // past a character begun in the last chunk
  for (let to = bytes.indexOf(10, from); to !== -1; to = bytes.indexOf(10, from)) {
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return lines;
    }
    lines++;
    from = to + 1;
  }
  return lines;
}
