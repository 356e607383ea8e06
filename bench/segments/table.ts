import type { CustomerId } from "../../src/domain/ids.ts";
import type { TagCode } from "../../src/domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../src/domain/tag/tagValue.ts";

/**
 * 200 tags of made-up customers as skewed as a bank's, and not independent of one another: 70 booleans, 50 enumerations, 50 numbers and
 * amounts, 20 dates and 10 sets. Each value follows from the customer and the tag alone.
 */
export type BenchTag = {
  readonly code: TagCode;
  readonly type: ValueType;
  readonly valueAt: (row: number) => TagValue;
};

export const day = 86_400_000;
export const now = Date.UTC(2026, 5, 1);

export function benchTags(): BenchTag[] {
  const tags: BenchTag[] = [];
  const tag = (code: string, type: ValueType, valueAt: (row: number) => TagValue): void => {
    tags.push({ code: code as TagCode, type, valueAt });
  };
  for (let n = 0; n < 70; n += 1) {
    const share = 0.02 + 0.9 * (n / 70) ** 2;
    const presence = n % 3 === 0 ? 0.6 : 1;
    tag(`bool-${n}`, { kind: "boolean" }, row => {
      if (draw(row, n * 2) > presence) return null;
      return mixed(row, n * 2 + 1, n % 4 === 0) < share;
    });
  }
  for (let n = 0; n < 50; n += 1) {
    const size = [3, 5, 8, 12, 20, 60, 200][n % 7] as number;
    const values = Array.from({ length: size }, (_, index) => `v${index}`);
    tag(`enum-${n}`, { kind: "enumeration", values }, row =>
      draw(row, 1000 + n) < 0.1 ? null : (values[Math.floor(size * mixed(row, 1100 + n, n % 3 === 0) ** 2)] as string),
    );
  }
  for (let n = 0; n < 50; n += 1) {
    const type: ValueType =
      n % 2 === 0 ? { kind: "money", currency: "EUR" } : { kind: "number", decimals: 0, unit: null };
    tag(`num-${n}`, type, row => {
      if (draw(row, 2000 + n) < 0.15) return null;
      const share = mixed(row, 2100 + n, n % 3 === 0);
      if (n % 5 === 4) return Math.floor(60 * share ** 3);
      return share < 0.2 ? 0 : Math.floor(Math.exp(share * 14 + draw(row, 2200 + n)));
    });
  }
  for (let n = 0; n < 20; n += 1)
    tag(`date-${n}`, { kind: "date", zone: "UTC" }, row => {
      if (draw(row, 3000 + n) < 0.2) return null;
      const ago = mixed(row, 3100 + n, n % 2 === 0) ** 3 * 3000;
      return n < 5 ? now - Math.floor(ago) * day : now - Math.floor(ago * 86_400) * 1000;
    });
  for (let n = 0; n < 10; n += 1) {
    const size = [8, 20, 40, 80, 300][n % 5] as number;
    tag(`set-${n}`, { kind: "set" }, row => {
      const count = Math.floor(6 * draw(row, 4000 + n) ** 2);
      if (count === 0) return null;
      const members = new Set<string>();
      for (let index = 0; index < count; index += 1)
        members.add(`p${Math.floor(size * mixed(row, 4100 + n * 10 + index, n % 2 === 0) ** 2)}`);
      return [...members].sort();
    });
  }
  return tags;
}

export const benchCustomer = (row: number): CustomerId => row.toString(36).padStart(26, "0") as CustomerId;

/** In [0, 1). */
export function draw(row: number, salt: number): number {
  let hash = Math.imul(row ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** Where it is told to, it leans on how wealthy the customer is, so that tags go together as they do in a bank. */
const mixed = (row: number, salt: number, leans: boolean): number =>
  leans ? 0.6 * draw(row, 77) + 0.4 * draw(row, salt) : draw(row, salt);
