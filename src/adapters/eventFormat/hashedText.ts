import { hash } from "node:crypto";

/**
 * The text that is hashed for one event, put together as UTF-8 in one buffer that serves every event. Every replayed
 * event passes here: joined as a string of some forty pieces, the text would take longer than its hash.
 */
let bytes = Buffer.allocUnsafe(16_384);
let end = 0;

const [comma, colon, dash, lineFeed, zero] = [44, 58, 45, 10, 48] as const;

/** No text grows more than threefold in UTF-8; the rest is for numbers and separators. */
function makeRoom(units: number): void {
  if (end + 3 * units + 64 <= bytes.length) return;
  const larger = Buffer.allocUnsafe(2 * (end + 3 * units + 64));
  bytes.copy(larger, 0, 0, end);
  bytes = larger;
}

export function beginText(): void {
  end = 0;
}

export function putPlain(text: string): void {
  makeRoom(text.length);
  end += bytes.write(text, end);
}

/** Length-framed, so that no character can move from one field to the next; "-" stands for null. Ends with a comma. */
export function putFramed(text: string | null): void {
  makeRoom(text === null ? 0 : text.length);
  if (text === null) bytes[end++] = dash;
  else {
    putDigits(text.length);
    bytes[end++] = colon;
    end += bytes.write(text, end);
  }
  bytes[end++] = comma;
}

/** In decimal, with a comma after it. */
export function putNumber(value: number): void {
  makeRoom(0);
  if (Number.isSafeInteger(value) && value >= 0) putDigits(value);
  else end += bytes.write(String(value), end);
  bytes[end++] = comma;
}

/** Makes the comma that was put last a line feed. */
export function endLine(): void {
  bytes[end - 1] = lineFeed;
}

export const textHash = (): string => hash("sha256", bytes.subarray(0, end), "hex");

/** Six digits at a time: the engine divides small integers several times faster than a whole timestamp. */
function putDigits(value: number): void {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length += 1;
  end += length;
  let at = end;
  let rest = value;
  while (rest >= 1_000_000_000) {
    const high = Math.floor(rest / 1_000_000);
    let low = (rest - high * 1_000_000) | 0;
    for (let digit = 0; digit < 6; digit += 1) {
      const tens = (low / 10) | 0;
      at -= 1;
      bytes[at] = zero + low - 10 * tens;
      low = tens;
    }
    rest = high;
  }
  let low = rest | 0;
  do {
    const tens = (low / 10) | 0;
    at -= 1;
    bytes[at] = zero + low - 10 * tens;
    low = tens;
  } while (low > 0);
}
