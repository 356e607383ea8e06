import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { encodeCursor } from "../../../src/graphql/connection/cursor.ts";
import { textKey } from "../../../src/graphql/connection/keyFormat.ts";
import type { KeysetList } from "../../../src/graphql/connection/keysetList.ts";
import type { Page } from "../../../src/graphql/connection/page.ts";
import { paginate } from "../../../src/graphql/connection/paginate.ts";
import * as facts from "../support/facts.ts";
import { connectionVectors } from "../support/graphqlConnectionVectors.ts";
import { testBank } from "../support/testBank.ts";

const data = connectionVectors();
const whenPresent = data === null ? test.skip : test;
const { nodes, vectors } = data ?? { nodes: [], vectors: [] };
const named = (args: object) => JSON.stringify(args);

describe("the cursor connection vectors hold", () => {
  whenPresent("and there are 77 of them", () => expect(vectors).toHaveLength(77));

  describe("over a list in memory", () => {
    const list: KeysetList<string, string> = {
      name: "letters",
      format: textKey,
      keyOf: letter => letter,
      fetch: ({ after, before, direction, limit }) => {
        const between = nodes.filter(
          letter => (after === undefined || letter > after) && (before === undefined || letter < before),
        );
        return (direction === "forward" ? between : between.toReversed()).slice(0, limit);
      },
    };
    const cursor = (letter: string) => encodeCursor(list, letter);

    for (const { args, expected } of vectors)
      whenPresent(named(args), () => {
        const { after, before, ...sizes } = args;
        const page = () =>
          paginate(list, {
            ...sizes,
            ...(after !== undefined && { after: cursor(after) }),
            ...(before !== undefined && { before: cursor(before) }),
          }) as Page<string>;
        if (expected === "error") {
          expect(page).toThrow(GraphQLError);
          return;
        }
        const { nodes: found, startCursor, endCursor, hasNextPage, hasPreviousPage } = page();
        expect({ found, startCursor, endCursor }).toEqual({
          found: expected.nodes,
          startCursor: expected.startCursor && cursor(expected.startCursor),
          endCursor: expected.endCursor && cursor(expected.endCursor),
        });
        if (expected.hasNextPage !== "free") expect(hasNextPage).toBe(expected.hasNextPage);
        if (expected.hasPreviousPage !== "free") expect(hasPreviousPage).toBe(expected.hasPreviousPage);
      });
  });

  whenPresent("over the timeline of a customer, through GraphQL", async () => {
    const bank = testBank();
    await bank.record(
      facts.registered("ada", "2024-01-01"),
      ...nodes.map((letter, at) => facts.attributesChanged("ada", `2024-02-0${at + 1}`, { letter })),
    );
    const timeline = (args: string) => `{
      customer(identity: { system: "core", id: "ada" }) {
        timeline(types: ["customer-attributes-changed"]${args}) {
          edges { cursor node { event { data } } }
          pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        }
      }
    }`;
    const all = (await bank.query(timeline(""))).data.customer.timeline.edges;
    const cursors = new Map<string, string>(nodes.map((letter, at) => [letter, all[at].cursor]));

    for (const { args, expected } of vectors) {
      const given = Object.entries(args).map(([name, value]) =>
        typeof value === "string" ? `, ${name}: "${cursors.get(value)}"` : `, ${name}: ${value}`,
      );
      const { data, errors } = await bank.query(timeline(given.join("")));
      if (expected === "error") {
        expect(errors?.[0]?.code, named(args)).toBe("BAD_USER_INPUT");
        continue;
      }
      const { edges, pageInfo } = data.customer.timeline;
      expect(
        edges.map((edge: { cursor: string }) => edge.cursor),
        named(args),
      ).toEqual(expected.nodes.map(letter => cursors.get(letter)));
      expect(pageInfo.startCursor, named(args)).toBe(cursors.get(expected.startCursor ?? "") ?? null);
      expect(pageInfo.endCursor, named(args)).toBe(cursors.get(expected.endCursor ?? "") ?? null);
      if (expected.hasNextPage !== "free") expect(pageInfo.hasNextPage, named(args)).toBe(expected.hasNextPage);
      if (expected.hasPreviousPage !== "free")
        expect(pageInfo.hasPreviousPage, named(args)).toBe(expected.hasPreviousPage);
    }
  });
});
