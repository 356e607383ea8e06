import fc from "fast-check";
import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "../../../src/graphql/connection/cursor.ts";
import { embeddedPage } from "../../../src/graphql/connection/embeddedPage.ts";
import { numberKey, textKey, tupleKey } from "../../../src/graphql/connection/keyFormat.ts";
import type { KeysetList } from "../../../src/graphql/connection/keysetList.ts";
import type { Page } from "../../../src/graphql/connection/page.ts";

const listOf = (name: string): KeysetList<string, string> => ({
  name,
  format: textKey,
  keyOf: item => item,
  fetch: () => [],
});

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as GraphQLError).extensions.code;
  }
};

describe("a cursor", () => {
  test("gives its key back, whatever the key", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), key => {
        const list = listOf("letters");
        expect(decodeCursor(list, encodeCursor(list, key), "after")).toBe(key);
      }),
    ));

  test("of another list is refused", () => {
    const stolen = encodeCursor(listOf("accounts:ada"), "core/a1");
    expect(codeOf(() => decodeCursor(listOf("accounts:bo"), stolen, "after"))).toBe("CURSOR_INVALID");
  });

  test("that was altered in any one character is refused", () => {
    const list = listOf("letters");
    const cursor = encodeCursor(list, "core/a1");
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(..."AZaz09-_!=é"), (at, character) => {
        fc.pre(cursor[at] !== character);
        const altered = cursor.slice(0, at) + character + cursor.slice(at + 1);
        expect(codeOf(() => decodeCursor(list, altered, "after"))).toBe("CURSOR_INVALID");
      }),
    );
  });

  test("that is any other text is refused and named", () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(codeOf(() => decodeCursor(listOf("letters"), text, "before"))).toBe("CURSOR_INVALID");
      }),
    );
    expect(() => decodeCursor(listOf("letters"), "rubbish", "before")).toThrow("`before` is no cursor of this list");
  });
});

describe("a key", () => {
  test("of integers survives the trip", () =>
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (occurredAt, position) => {
        const format = tupleKey("occurredAt", "position");
        const key = { occurredAt, position };
        expect(format.decode(format.encode(key))).toEqual(key);
      }),
    ));

  test.each(["", "1,", "1,2,3", "a,2", "1.5,2", "1e3,2", "-0,2", "9007199254740993,1", " 1,2"])(
    "written as %j is none",
    text => expect(tupleKey("occurredAt", "position").decode(text)).toBeNull(),
  );

  test("that is no integer is none", () => expect(numberKey.decode("01")).toBeNull());
});

describe("paging through an embedded list", () => {
  const walk = (items: readonly string[], size: number, direction: "forward" | "backward"): string[] => {
    const found: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page: Page<string> = embeddedPage(
        "list",
        items,
        item => item,
        direction === "forward" ? { first: size, after: cursor } : { last: size, before: cursor },
      );
      expect(page.totalCount).toBe(items.length);
      if (direction === "forward") found.push(...page.nodes);
      else found.unshift(...page.nodes);
      const more: boolean = direction === "forward" ? page.hasNextPage : page.hasPreviousPage;
      if (!more) return found;
      cursor = direction === "forward" ? page.endCursor : page.startCursor;
    }
  };
  const ordered = (items: readonly string[]) => items.toSorted((a, b) => (a < b ? -1 : 1));

  test("meets every entry once, in order, whatever the page size and direction", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom("forward" as const, "backward" as const),
        (items, size, direction) => {
          expect(walk(items, size, direction)).toEqual(ordered(items));
        },
      ),
    ));
});

test.each([-1, 101])("a page of %i is refused by name", size => {
  expect(() => embeddedPage("list", ["a"], item => item, { first: size })).toThrow(
    `\`first\` is ${size}; it can be 0 to 100.`,
  );
  expect(() => embeddedPage("list", ["a"], item => item, { last: size })).toThrow(GraphQLError);
});
