import { knownTexts } from "./knownTexts.ts";

/** Bytes being written: those before `length`. Grows by itself. */
export type ByteWriter = { bytes: Buffer; length: number };
/** Bytes being read, from `at` on. */
export type ByteReader = { readonly bytes: Buffer; at: number };

export const newWriter = (room: number): ByteWriter => ({ bytes: Buffer.allocUnsafe(room), length: 0 });
export const readerOf = (bytes: Uint8Array): ByteReader => ({ bytes: bufferOver(bytes), at: 0 });
/** A copy of what was written; the writer may be used again. */
export const written = ({ bytes, length }: ByteWriter): Buffer => Buffer.copyBytesFrom(bytes, 0, length);

const bufferOver = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function makeRoom(to: ByteWriter, more: number): void {
  if (to.length + more <= to.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(to.bytes.length * 2, to.length + more));
  to.bytes.copy(larger, 0, 0, to.length);
  to.bytes = larger;
}

export function writeByte(to: ByteWriter, byte: number): void {
  makeRoom(to, 1);
  to.bytes[to.length] = byte;
  to.length += 1;
}

export function writeBytes(to: ByteWriter, bytes: Uint8Array): void {
  makeRoom(to, bytes.length);
  to.bytes.set(bytes, to.length);
  to.length += bytes.length;
}

/** A whole number from 0 to 2^53 − 1: seven bits a byte, the lowest first. */
export function writeCount(to: ByteWriter, count: number): void {
  makeRoom(to, 8);
  let rest = count;
  while (rest >= 128) {
    to.bytes[to.length] = (rest % 128) | 128;
    to.length += 1;
    rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128);
  }
  to.bytes[to.length] = rest;
  to.length += 1;
}

export function readCount(from: ByteReader): number {
  const { bytes } = from;
  let byte = bytes[from.at] as number;
  from.at += 1;
  if (byte < 128) return byte;
  let count = byte & 127;
  let weight = 128;
  do {
    byte = bytes[from.at] as number;
    from.at += 1;
    count += (byte & 127) * weight;
    weight *= 128;
  } while (byte >= 128);
  return count;
}

/** A safe integer: its sign in the lowest bit of the first byte. */
export function writeInteger(to: ByteWriter, integer: number): void {
  const magnitude = Math.abs(integer);
  const first = (magnitude % 64) * 2 + (integer < 0 ? 1 : 0);
  writeByte(to, magnitude < 64 ? first : first | 128);
  if (magnitude >= 64) writeCount(to, Math.floor(magnitude / 64));
}

export function readInteger(from: ByteReader): number {
  const first = from.bytes[from.at] as number;
  from.at += 1;
  const low = (first & 127) >>> 1;
  const magnitude = first < 128 ? low : low + readCount(from) * 64;
  return (first & 1) === 1 ? -magnitude : magnitude;
}

export function writeDouble(to: ByteWriter, double: number): void {
  makeRoom(to, 8);
  to.bytes.writeDoubleLE(double, to.length);
  to.length += 8;
}

export function readDouble(from: ByteReader): number {
  const double = from.bytes.readDoubleLE(from.at);
  from.at += 8;
  return double;
}

/** How a text is written; the number of the form is in the lowest two bits, above it what the form needs. */
const [known, latin1, utf8, utf16] = [0, 1, 2, 3];
const numberOf = new Map(knownTexts.map((text, number) => [text, number]));

/** Any JavaScript string, half a surrogate pair included. */
export function writeText(to: ByteWriter, text: string): void {
  const number = numberOf.get(text);
  if (number !== undefined) writeCount(to, number * 4 + known);
  else if (isLatin1(text)) {
    writeCount(to, text.length * 4 + latin1);
    makeRoom(to, text.length);
    for (let index = 0; index < text.length; index += 1) to.bytes[to.length + index] = text.charCodeAt(index);
    to.length += text.length;
  } else {
    const bytes = Buffer.from(text, text.isWellFormed() ? "utf8" : "utf16le");
    writeCount(to, bytes.length * 4 + (text.isWellFormed() ? utf8 : utf16));
    writeBytes(to, bytes);
  }
}

export function readText(from: ByteReader): string {
  const head = readCount(from);
  const form = head & 3;
  const size = Math.floor(head / 4);
  if (form === known) return knownTexts[size] as string;
  const start = from.at;
  from.at += size;
  if (form === latin1) return from.bytes.toString("latin1", start, from.at);
  return from.bytes.toString(form === utf8 ? "utf8" : "utf16le", start, from.at);
}

function isLatin1(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 255) return false;
  return true;
}
