import type { Position } from "../../../domain/event.ts";
import {
  type ByteReader,
  type ByteWriter,
  newWriter,
  readCount,
  readInteger,
  readText,
  writeBytes,
  writeCount,
  writeInteger,
  writeText,
  written,
} from "./bytes.ts";
import { readTimes, writeColumn, writeTimes } from "./columnCodec.ts";
import type { TableRows } from "./factTable.ts";
import type { FactTable } from "./history.ts";

/** A column is written here first, because its size stands before it. */
const column = newWriter(4096);

/** The bytes of one table: equal for equal rows, whatever the order in which they came. */
export function encodeTable(table: FactTable): Buffer {
  const to = newWriter(64 + table.length * 32);
  writeTimes(to, table.times());
  let before = 0;
  for (const position of table.positions()) {
    writeInteger(to, position - before);
    before = position;
  }
  writeEnds(to, table.ends());
  const fields = table.fields().toSorted();
  writeCount(to, fields.length);
  for (const field of fields) {
    column.length = 0;
    writeColumn(column, table.column(field) as NonNullable<ReturnType<FactTable["column"]>>);
    writeText(to, field);
    writeCount(to, column.length);
    writeBytes(to, column.bytes.subarray(0, column.length));
  }
  return written(to);
}

/** The table of so many rows that lies there; its columns are taken apart when they are first asked for. */
export function decodeTable(bytes: Buffer, at: number, rows: number): TableRows {
  const from: ByteReader = { bytes, at };
  const times = readTimes(from, rows);
  const positions = new Array<Position>(rows);
  let position = 0;
  for (let row = 0; row < rows; row += 1) {
    position += readInteger(from);
    positions[row] = position;
  }
  const ends = readEnds(from, rows);
  const columns: TableRows["columns"] = new Map();
  for (let left = readCount(from); left > 0; left -= 1) {
    const field = readText(from);
    const size = readCount(from);
    columns.set(field, { kind: "encoded", bytes, at: from.at, rows, later: null });
    from.at += size;
  }
  return { times, positions, ends, columns };
}

/** Few facts end, so only those are written. */
function writeEnds(to: ByteWriter, ends: readonly Position[] | null): void {
  const rows = ends?.length ?? 0;
  let ended = 0;
  for (let row = 0; row < rows; row += 1) if (ends?.[row] !== 0) ended += 1;
  writeCount(to, ended);
  for (let row = 0; row < rows && ended > 0; row += 1) {
    const by = ends?.[row] as Position;
    if (by === 0) continue;
    writeCount(to, row);
    writeCount(to, by);
  }
}

function readEnds(from: ByteReader, rows: number): Position[] | null {
  const ended = readCount(from);
  if (ended === 0) return null;
  const ends = new Array<Position>(rows).fill(0);
  for (let left = ended; left > 0; left -= 1) {
    const row = readCount(from);
    ends[row] = readCount(from);
  }
  return ends;
}
