import { GraphQLError } from "graphql";
import {
  Arg,
  buildSchemaSync,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import type { RequestScope } from "../../../../src/graphql/server/requestScope.ts";
import { tuneSchema } from "../../../../src/graphql/tuneSchema.ts";

/** A small world with everything a lane could get wrong: unions, interfaces, enums, defaults, lists, errors, promises. */
export type LibraryScope = RequestScope & { readonly id: number; readonly reads: { count: number } };

enum Shelf {
  Open = "open",
  Closed = "closed",
}
registerEnumType(Shelf, { name: "Shelf" });

@InterfaceType({ resolveType: value => ("pages" in value ? "Book" : "Film") })
abstract class Work {
  @Field(() => ID)
  id!: string;

  @Field()
  title!: string;
}

@ObjectType({ simpleResolvers: true })
class Author {
  @Field()
  name!: string;

  @Field(() => Int, { nullable: true })
  born!: number | null;
}

@ObjectType({ implements: Work, simpleResolvers: true })
class Book extends Work {
  @Field(() => Int)
  pages!: number;

  @Field(() => Shelf)
  shelf!: Shelf;

  @Field(() => [String])
  tags!: string[];

  authorName!: string;
}

@ObjectType({ implements: Work })
class Film extends Work {
  @Field(() => Int)
  minutes!: number;

  @Field({ name: "label" })
  internalLabel!: string;
}

@ObjectType({ simpleResolvers: true })
class Missing {
  @Field(() => ID)
  id!: string;
}

const WorkResult = createUnionType({
  name: "WorkResult",
  types: () => [Book, Film, Missing] as const,
  resolveType: value => ("pages" in value ? "Book" : "minutes" in value ? "Film" : "Missing"),
});

@InputType()
class Filter {
  @Field(() => Int, { defaultValue: 5 })
  least!: number;

  @Field(() => Shelf, { nullable: true })
  shelf?: Shelf;
}

const books = Array.from({ length: 20 }, (_, index) => ({
  id: `b${index}`,
  title: `Book "${index}" – 书`,
  pages: 10 * index,
  shelf: index % 2 === 0 ? Shelf.Open : Shelf.Closed,
  tags: ["a", `t${index}`],
  authorName: `Author ${index % 3}`,
})) as Book[];
const film = { id: "f1", title: "Film", minutes: 90, internalLabel: "noir" } as Film;

@Resolver(() => Book)
class BookResolver {
  @FieldResolver(() => Author, { nullable: true })
  author(@Root() book: Book): Author | null {
    return book.id === "b7" ? null : { name: book.authorName, born: book.id === "b2" ? null : 1900 };
  }

  @FieldResolver(() => Author)
  async slowAuthor(@Root() book: Book): Promise<Author> {
    await Promise.resolve();
    if (book.id === "b3") throw new GraphQLError("no author", { extensions: { code: "NOT_FOUND" } });
    return { name: book.authorName, born: 1901 };
  }

  @FieldResolver(() => Int)
  broken(@Root() book: Book): number {
    if (book.id !== "b4") throw new Error("secret detail");
    return 4;
  }
}

@Resolver()
class LibraryResolver {
  @Query(() => Book, { nullable: true })
  book(@Arg("id", () => ID) id: string, @Ctx() scope: LibraryScope): Book | undefined {
    scope.reads.count += 1;
    return books.find(book => book.id === id);
  }

  @Query(() => [Book])
  books(
    @Arg("first", () => Int, { defaultValue: 3 }) first: number,
    @Arg("shelf", () => Shelf, { nullable: true }) shelf: Shelf | undefined,
    @Ctx() scope: LibraryScope,
  ): Book[] {
    scope.reads.count += 1;
    return books.filter(book => shelf === undefined || shelf === null || book.shelf === shelf).slice(0, first);
  }

  @Query(() => [Book])
  filtered(@Arg("filter", () => Filter) filter: Filter): Book[] {
    return books.filter(({ pages, shelf }) => pages >= filter.least && (!filter.shelf || shelf === filter.shelf));
  }

  @Query(() => [Work])
  async works(): Promise<Work[]> {
    return [books[1]!, film];
  }

  @Query(() => WorkResult)
  work(@Arg("id", () => ID) id: string): typeof WorkResult {
    return books.find(book => book.id === id) ?? (id === film.id ? film : ({ id } as Missing));
  }

  @Query(() => String)
  never(): Promise<string> {
    return new Promise(() => {});
  }

  @Query(() => String)
  echo(
    @Arg("text", () => String, { nullable: true }) text: string | null,
    @Arg("many", () => [Int], { nullable: true }) many: number[] | null,
  ): string {
    return JSON.stringify([text, many]);
  }

  @Mutation(() => Int)
  add(@Arg("amount", () => Int) amount: number): number {
    return amount + 1;
  }
}

/** The instances TypeGraphQL's own container would hold; its resolvers have no state. */
const instances = new Map<unknown, object>();
const libraryInstances = {
  // biome-ignore lint/complexity/noBannedTypes: TypeGraphQL hands over classes as Function
  get: (target: Function): object => {
    let instance = instances.get(target);
    if (instance === undefined) {
      instance = new (target as new () => object)();
      instances.set(target, instance);
    }
    return instance;
  },
};

const resolvers = [BookResolver, LibraryResolver] as const;

/** As TypeGraphQL builds it. */
export const buildLibrarySchema = () =>
  buildSchemaSync({
    resolvers: [...resolvers],
    orphanedTypes: [Film],
    validate: false,
    container: libraryInstances,
  });

/** As a server wants it. */
export const tunedLibrarySchema = () => tuneSchema(buildLibrarySchema(), resolvers, libraryInstances);

export function createScopes() {
  const made: { readonly scope: LibraryScope; released: number }[] = [];
  return {
    made,
    create: (): LibraryScope => {
      const reads = { count: 0 };
      const entry = {
        released: 0,
        scope: {
          id: made.length,
          reads,
          trace: () => null,
          holds: () => false,
          reflectedPosition: () => (reads.count > 0 ? "42" : null),
          release: () => {
            entry.released += 1;
          },
        },
      };
      made.push(entry);
      return entry.scope;
    },
  };
}
