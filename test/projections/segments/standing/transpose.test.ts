import fc from "fast-check";
import { expect, test } from "vitest";
import { transpose } from "../../../../src/projections/segments/standing/transpose.ts";

test("bit j of word i becomes bit i of word j", () => {
  const words = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(words, square => {
      const turned = Uint32Array.from(square);
      transpose(turned);
      const bit = (of: ArrayLike<number>, word: number, place: number): number => ((of[word] as number) >>> place) & 1;
      for (let i = 0; i < 32; i += 1) for (let j = 0; j < 32; j += 1) expect(bit(turned, j, i)).toBe(bit(square, i, j));
    }),
    { numRuns: 20 },
  );
});
