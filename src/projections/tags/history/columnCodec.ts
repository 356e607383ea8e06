import type { JsonScalar } from "../../../domain/json.ts";
import {
  type ByteReader,
  type ByteWriter,
  readCount,
  readDouble,
  readInteger,
  readText,
  writeByte,
  writeBytes,
  writeCount,
  writeDouble,
  writeInteger,
  writeText,
} from "./bytes.ts";
import type { GrowingColumn } from "./growingColumn.ts";
import type { FactColumn } from "./history.ts";

/*
 * The stored form of a column follows from its values alone, whatever the order in which they came, so equal histories
 * have equal bytes. Its first byte says the form: codes, whole numbers, or other numbers; + 4 where some rows have no value.
 */
const [asCodes, asIntegers, asDoubles, withGaps] = [0, 1, 2, 4];

export function writeColumn(to: ByteWriter, column: FactColumn): void {
  if (column.kind === "codes") writeCodes(to, column.codes, column.values);
  else writeNumbers(to, column.numbers);
}

function writeNumbers(to: ByteWriter, numbers: readonly number[]): void {
  const present = numbers.includes(Number.NaN) ? numbers.filter(number => !Number.isNaN(number)) : numbers;
  const gaps = present.length < numbers.length ? withGaps : 0;
  const whole = isPackable(present);
  writeByte(to, (whole ? asIntegers : asDoubles) + gaps);
  if (gaps !== 0) writeBits(to, numbers.map(presence), 1);
  if (whole) writeIntegers(to, present);
  else for (const number of present) writeDouble(to, number);
}

const presence = (number: number): number => (Number.isNaN(number) ? 0 : 1);

export function readColumn(from: ByteReader, rows: number): GrowingColumn {
  const head = from.bytes[from.at] as number;
  from.at += 1;
  const form = head & 3;
  if (form === asCodes) return readCodes(from, rows);
  const gaps = (head & withGaps) === 0 ? null : readBits(from, rows, 1);
  const count = gaps === null ? rows : gaps.reduce((sum, bit) => sum + bit, 0);
  const present =
    form === asIntegers ? readIntegers(from, count) : Array.from({ length: count }, () => readDouble(from));
  if (gaps === null) return { kind: "numbers", numbers: present };
  let next = 0;
  return { kind: "numbers", numbers: gaps.map(bit => (bit === 1 ? (present[next++] as number) : Number.NaN)) };
}

function writeCodes(to: ByteWriter, codes: readonly number[], values: readonly JsonScalar[]): void {
  const places = new Array<number>(values.length).fill(-1);
  const inOrder: JsonScalar[] = [];
  for (const code of codes)
    if (code !== -1 && places[code] === -1) places[code] = inOrder.push(values[code] as JsonScalar) - 1;
  const gaps = codes.includes(-1) ? 1 : 0;
  writeByte(to, asCodes + (gaps === 0 ? 0 : withGaps));
  writeCount(to, inOrder.length);
  for (const value of inOrder) writeValue(to, value);
  const width = widthFor(inOrder.length + gaps);
  const placed = new Array<number>(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    placed[row] = code === -1 ? 0 : (places[code] as number) + gaps;
  }
  writeBits(to, placed, width);
}

function readCodes(from: ByteReader, rows: number): GrowingColumn {
  const gaps = ((from.bytes[from.at - 1] as number) & withGaps) === 0 ? 0 : 1;
  const count = readCount(from);
  const values = new Array<JsonScalar>(count);
  for (let index = 0; index < count; index += 1) values[index] = readValue(from);
  const codes = readBits(from, rows, widthFor(count + gaps));
  if (gaps !== 0) for (let row = 0; row < rows; row += 1) codes[row] = (codes[row] as number) - 1;
  return { kind: "codes", codes, values, index: null };
}

const [aNull, aFalse, aTrue, anInteger, aDouble, aText] = [0, 1, 2, 3, 4, 5];

export function writeValue(to: ByteWriter, value: JsonScalar): void {
  if (typeof value === "string") {
    writeByte(to, aText);
    writeText(to, value);
  } else if (typeof value === "number") {
    writeByte(to, Number.isSafeInteger(value) ? anInteger : aDouble);
    if (Number.isSafeInteger(value)) writeInteger(to, value);
    else writeDouble(to, value);
  } else writeByte(to, value === null ? aNull : value ? aTrue : aFalse);
}

export function readValue(from: ByteReader): JsonScalar {
  const kind = from.bytes[from.at] as number;
  from.at += 1;
  if (kind === aText) return readText(from);
  if (kind === anInteger) return readInteger(from);
  if (kind === aDouble) return readDouble(from);
  return kind === aNull ? null : kind === aTrue;
}

/** Whole numbers as steps of their greatest common step above the smallest. */
function isPackable(numbers: readonly number[]): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] as number;
    if (!Number.isSafeInteger(number)) return false;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return numbers.length === 0 || Number.isSafeInteger(high - low);
}

function writeIntegers(to: ByteWriter, numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  let low = numbers[0] as number;
  for (const number of numbers) if (number < low) low = number;
  writeInteger(to, low);
  const step = commonStep(numbers, low);
  writeCount(to, step);
  if (step !== 0) for (const number of numbers) writeCount(to, (number - low) / step);
}

function readIntegers(from: ByteReader, count: number): number[] {
  if (count === 0) return [];
  const low = readInteger(from);
  const step = readCount(from);
  const numbers = new Array<number>(count);
  for (let index = 0; index < count; index += 1) numbers[index] = step === 0 ? low : low + readCount(from) * step;
  return numbers;
}

/** The greatest common divisor of all distances; 0 where all are equal. */
function commonStep(numbers: readonly number[], low: number): number {
  let step = 0;
  for (const number of numbers) {
    let rest = number - low;
    while (rest !== 0) [step, rest] = [rest, step % rest];
    if (step === 1) return 1;
  }
  return step;
}

/** Times in ascending order. */
export function writeTimes(to: ByteWriter, times: readonly number[]): void {
  const steps = new Array<number>(times.length);
  for (let row = 0; row < times.length; row += 1)
    steps[row] = row === 0 ? 0 : (times[row] as number) - (times[row - 1] as number);
  const packable = isPackable(times);
  writeByte(to, packable ? asIntegers : asDoubles);
  if (!packable) {
    for (const time of times) writeDouble(to, time);
    return;
  }
  writeInteger(to, times[0] as number);
  const step = commonStep(steps, 0);
  writeCount(to, step);
  if (step !== 0) for (let row = 1; row < steps.length; row += 1) writeCount(to, (steps[row] as number) / step);
}

export function readTimes(from: ByteReader, rows: number): number[] {
  const form = from.bytes[from.at] as number;
  from.at += 1;
  if (form === asDoubles) return Array.from({ length: rows }, () => readDouble(from));
  const times = new Array<number>(rows);
  let time = readInteger(from);
  const step = readCount(from);
  times[0] = time;
  for (let row = 1; row < rows; row += 1) {
    if (step !== 0) time += readCount(from) * step;
    times[row] = time;
  }
  return times;
}

/** 0, 1, 2, 4, 8, 16 or 32 bits for each of `count` different codes. */
function widthFor(count: number): number {
  let width = 1;
  if (count <= 1) return 0;
  while (2 ** width < count) width *= 2;
  return width;
}

function writeBits(to: ByteWriter, codes: readonly number[], width: number): void {
  if (width === 0) return;
  const bytes = new Uint8Array(Math.ceil((codes.length * width) / 8));
  if (width < 8) {
    const perByte = 8 / width;
    for (let row = 0; row < codes.length; row += 1)
      bytes[Math.floor(row / perByte)]! |= (codes[row] as number) << ((row % perByte) * width);
  } else {
    const size = width / 8;
    for (let row = 0; row < codes.length; row += 1)
      for (let byte = 0; byte < size; byte += 1)
        bytes[row * size + byte] = ((codes[row] as number) >>> (byte * 8)) & 255;
  }
  writeBytes(to, bytes);
}

function readBits(from: ByteReader, rows: number, width: number): number[] {
  const codes = new Array<number>(rows);
  const { bytes, at } = from;
  if (width === 0) return codes.fill(0);
  if (width === 8) for (let row = 0; row < rows; row += 1) codes[row] = bytes[at + row] as number;
  else if (width < 8) {
    const mask = 2 ** width - 1;
    const shift = 3 - Math.log2(width);
    const inByte = 2 ** shift - 1;
    for (let row = 0; row < rows; row += 1)
      codes[row] = ((bytes[at + (row >>> shift)] as number) >>> ((row & inByte) * width)) & mask;
  } else {
    const size = width / 8;
    for (let row = 0; row < rows; row += 1) codes[row] = bytes.readUIntLE(at + row * size, size);
  }
  from.at = at + Math.ceil((rows * width) / 8);
  return codes;
}
