import fc from "fast-check";
import { expect, test } from "vitest";
import { murmur3, murmur3OfText, sampleBucket } from "../../../src/domain/segment/sampleBucket.ts";

const hashed = (text: string, seed: number): string =>
  murmur3(new TextEncoder().encode(text), seed).toString(16).padStart(8, "0");

test("hashes are those of MurmurHash3 x86 32 as others compute them", () => {
  expect(hashed("", 0)).toBe("00000000");
  expect(hashed("", 1)).toBe("514e28b7");
  expect(hashed("", 0xffffffff)).toBe("81f16f39");
  expect(hashed("test", 0)).toBe("ba6bd213");
  expect(hashed("test", 0x9747b28c)).toBe("704b81dc");
  expect(hashed("Hello, world!", 0)).toBe("c0363e43");
  expect(hashed("Hello, world!", 0x9747b28c)).toBe("24884cba");
  expect(hashed("The quick brown fox jumps over the lazy dog", 0)).toBe("2e4ff723");
  expect(hashed("The quick brown fox jumps over the lazy dog", 0x9747b28c)).toBe("2fa826cd");
  expect(murmur3(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 0).toString(16)).toBe("76293b50");
  expect(murmur3(Uint8Array.of(0x21, 0x43, 0x65, 0x87), 0).toString(16)).toBe("f55b516b");
  expect(murmur3(Uint8Array.of(0x21, 0x43, 0x65, 0x87), 0x5082edee).toString(16)).toBe("2362f9de");
  expect(murmur3(Uint8Array.of(0x21, 0x43, 0x65), 0).toString(16)).toBe("7e4a8634");
  expect(murmur3(Uint8Array.of(0x21, 0x43), 0).toString(16)).toBe("a0f7b07a");
  expect(murmur3(Uint8Array.of(0x21), 0).toString(16)).toBe("72661cf4");
});

test("customers fall into all of 10,000 buckets alike, otherwise under another salt", () => {
  const ids = Array.from({ length: 100_000 }, (_, number) => `customer-${number}`);
  const inLowest = (salt: string, share: number): Set<string> =>
    new Set(ids.filter(id => sampleBucket(salt, id) < share));
  const [first, second] = [inLowest("a", 1000), inLowest("b", 1000)];
  for (const { size } of [first, second]) expect(Math.abs(size - 10_000)).toBeLessThan(400);
  const both = [...first].filter(id => second.has(id)).length;
  expect(Math.abs(both - 1000)).toBeLessThan(150);
  expect(inLowest("a", 10_000).size).toBe(ids.length);
});

test("the hash of a text is that of its bytes in UTF-8, whatever the text", () => {
  const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary-ascii", maxLength: 1200 }));
  fc.assert(
    fc.property(texts, fc.integer(), (text, seed) => {
      expect(murmur3OfText(text, seed)).toBe(murmur3(new TextEncoder().encode(text), seed));
    }),
    { numRuns: 500 },
  );
});
