import { type ClassType, Field, Int, ObjectType } from "type-graphql";
import { CursorText } from "../scalars/cursor.ts";

@ObjectType({ simpleResolvers: true, description: "Where a page stands in its list." })
export class PageInfo {
  @Field({
    description:
      "Whether more follows. Paging forwards this is exact; paging backwards it is true whenever `before` was given.",
  })
  hasNextPage!: boolean;

  @Field({
    description:
      "Whether more comes before. Paging backwards this is exact; paging forwards it is true whenever `after` was given.",
  })
  hasPreviousPage!: boolean;

  @Field(() => CursorText, {
    nullable: true,
    description: "The cursor of the page's first entry; null on an empty page.",
  })
  startCursor!: string | null;

  @Field(() => CursorText, {
    nullable: true,
    description: "The cursor of the page's last entry; null on an empty page.",
  })
  endCursor!: string | null;
}

/** Declares the Relay connection and edge types of a node type. Their values are `Page`s. `counted`: bounded lists know their length. */
export function connectionOf<Node extends object>(
  nodeType: () => ClassType<Node>,
  name: string,
  { counted = false }: { readonly counted?: boolean } = {},
) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} in its list.` })
  class Edge {
    @Field(nodeType, { description: `The ${name} itself.` })
    node!: object;

    @Field(() => CursorText, { description: "Its place in the list, for `after` and `before`." })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of ${name}.` })
  class Connection {
    @Field(() => [nodeType()], { description: "The entries of this page, without their cursors." })
    nodes!: readonly object[];

    @Field(() => [Edge], { description: "The entries of this page, each with its cursor." })
    edges!: readonly object[];

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    pageInfo!: object;
  }
  if (counted)
    Field(() => Int, { description: "How many there are on all pages together." })(Connection.prototype, "totalCount");
  return Connection;
}
