import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonScalar } from "../../../domain/json.ts";
import {
  type ByteReader,
  type ByteWriter,
  newWriter,
  readCount,
  readInteger,
  readText,
  writeByte,
  writeBytes,
  writeCount,
  writeInteger,
  writeText,
} from "./bytes.ts";
import { readValue, writeValue } from "./columnCodec.ts";
import type { FactValues } from "./factValues.ts";
import { type AwaitedFact, readAwaited, writeAwaited } from "./waitingEnds.ts";

/** One thing that happened to a history since it was last stored as a whole. */
export type HistoryChange =
  | {
      readonly kind: "added";
      readonly type: string;
      readonly occurredAt: Instant;
      readonly position: Position;
      readonly endedBy: Position;
      readonly fact: FactValues;
    }
  | {
      readonly kind: "ended";
      readonly type: string;
      readonly occurredAt: Instant;
      readonly position: Position;
      readonly by: Position;
    }
  | { readonly kind: "waits"; readonly type: string; readonly awaited: AwaitedFact; readonly by: Position }
  | { readonly kind: "settled"; readonly type: string; readonly awaited: AwaitedFact };

const kinds = ["added", "ended", "waits", "settled"] as const;

/** A change as it lies in the bytes; `read` takes it apart, so that those of tables nobody asks for are only stepped over. */
export type StoredChange = {
  readonly kind: HistoryChange["kind"];
  readonly type: string;
  readonly read: () => HistoryChange;
};

const body = newWriter(1024);

export function writeChange(to: ByteWriter, change: HistoryChange): void {
  body.length = 0;
  writeBody(body, change);
  writeByte(to, kinds.indexOf(change.kind));
  writeText(to, change.type);
  writeCount(to, body.length);
  writeBytes(to, body.bytes.subarray(0, body.length));
}

function writeBody(to: ByteWriter, change: HistoryChange): void {
  if (change.kind === "added") {
    const { fields, values } = change.fact;
    writeInteger(to, change.occurredAt);
    writeCount(to, change.position);
    writeCount(to, change.endedBy);
    writeCount(to, fields.length);
    for (let index = 0; index < fields.length; index += 1) {
      writeText(to, fields[index] as string);
      writeValue(to, values[index] as (typeof values)[number]);
    }
  } else if (change.kind === "ended") {
    writeInteger(to, change.occurredAt);
    writeCount(to, change.position);
    writeCount(to, change.by);
  } else {
    writeAwaited(to, change.awaited);
    if (change.kind === "waits") writeCount(to, change.by);
  }
}

export function readStoredChange(from: ByteReader): StoredChange {
  const kind = kinds[from.bytes[from.at] as number];
  if (kind === undefined) throw new Error("a stored history holds a change of no known kind");
  from.at += 1;
  const type = readText(from);
  const size = readCount(from);
  const at = from.at;
  from.at += size;
  return { kind, type, read: () => readBody({ bytes: from.bytes, at }, kind, type) };
}

function readBody(from: ByteReader, kind: HistoryChange["kind"], type: string): HistoryChange {
  if (kind === "added") {
    const head = { occurredAt: readInteger(from), position: readCount(from), endedBy: readCount(from) };
    const count = readCount(from);
    const [fields, values] = [new Array<string>(count), new Array<JsonScalar>(count)];
    for (let index = 0; index < count; index += 1) {
      fields[index] = readText(from);
      values[index] = readValue(from);
    }
    return { kind, type, ...head, fact: { fields, values } };
  }
  if (kind === "ended")
    return { kind, type, occurredAt: readInteger(from), position: readCount(from), by: readCount(from) };
  const awaited = readAwaited(from);
  return kind === "waits" ? { kind, type, awaited, by: readCount(from) } : { kind, type, awaited };
}
