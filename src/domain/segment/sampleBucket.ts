const buckets = 10_000;
const encoder = new TextEncoder();

/** The bucket, 0 to 9,999, that a customer falls into under a salt: the same for ever, and of another salt as good as independent. */
export const sampleBucket = (salt: string, customerId: string): number =>
  murmur3OfText(`${salt}:${customerId}`) % buckets;

const scratch = new Uint8Array(512);

/** MurmurHash3 x86 32 of a text in UTF-8. Encoders take several times as long as the hash; salts and ids are ASCII. */
export function murmur3OfText(text: string, seed = 0): number {
  const { length } = text;
  if (length > scratch.length) return murmur3(encoder.encode(text), seed);
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return murmur3(encoder.encode(text), seed);
    scratch[at] = code;
  }
  return murmur3(scratch, seed, length);
}

/** MurmurHash3 x86 32 of the first `length` bytes, unsigned. */
export function murmur3(bytes: Uint8Array, seed = 0, length = bytes.length): number {
  let hash = seed | 0;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    hash ^= mixed(wordAt(bytes, at, 4));
    hash = Math.imul(rotated(hash, 13), 5) + 0xe6546b64;
  }
  if (whole < length) hash ^= mixed(wordAt(bytes, whole, length - whole));
  hash ^= length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Up to four bytes, the first one lowest. */
function wordAt(bytes: Uint8Array, at: number, length: number): number {
  let word = 0;
  for (let index = length - 1; index >= 0; index -= 1) word = (word << 8) | (bytes[at + index] as number);
  return word;
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const mixed = (word: number): number => Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
