import { buildSchema, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { followedFeed } from "../../../../src/graphql/server/subscriptions/followedFeed.ts";
import type { LibraryScope } from "./library.ts";

const sdl = `
  type Query { head: Int! }
  type Page { lines(upper: Boolean): [String!]! after: String! reads: Int! }
  type Subscription { lines(after: String, pageSize: Int = 10): Page! broken: Page! }
`;

/** A growing list of lines behind a schema in miniature, with a subscription that follows it. */
export function createPaper() {
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  let ended = false;
  let reads = 0;
  let failure: Error | null = null;

  const feedFrom = (start: string, pageSize: number) =>
    followedFeed({
      name: `lines ${pageSize}`,
      start,
      read: place => {
        if (failure !== null) throw failure;
        const from = Number(place);
        const told = lines.slice(from, from + pageSize);
        if (told.length === 0 && !ended) return null;
        reads += 1;
        const to = String(from + told.length);
        return { message: { lines: told, after: to, reads }, place: to, last: told.length === 0 };
      },
      watch: wake => {
        watchers.add(wake);
        return () => watchers.delete(wake);
      },
      openScope: () => ({ release: () => {} }) as LibraryScope,
    });

  const schema: GraphQLSchema = buildSchema(sdl);
  const { lines: linesField, broken } = schema.getSubscriptionType()!.getFields();
  linesField!.subscribe = (_, { after, pageSize }) => feedFrom(after ?? "0", pageSize);
  linesField!.resolve = page => page;
  broken!.subscribe = () => {
    throw new Error("secret detail");
  };
  (schema.getType("Page") as GraphQLObjectType).getFields().lines!.resolve = (page, { upper }) =>
    upper ? page.lines.map((line: string) => line.toUpperCase()) : page.lines;

  const wake = () => {
    for (const told of watchers) told();
  };
  return {
    schema,
    lines,
    write: (...more: readonly string[]) => {
      lines.push(...more);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    fail: (error: Error) => {
      failure = error;
      wake();
    },
    reads: () => reads,
    watchers: () => watchers.size,
  };
}
