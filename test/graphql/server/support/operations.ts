export type Operation = {
  readonly name: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
};

const query = (name: string, text: string, variables?: Record<string, unknown>): Operation => ({
  name,
  query: text,
  ...(variables === undefined ? {} : { variables }),
});

/** Every feature of the query language in which a compiled query could differ from an interpreted one. */
export const operations: readonly Operation[] = [
  query("a plain read", '{ book(id: "b1") { id title pages shelf tags } }'),
  query("a read of nothing", '{ book(id: "none") { id } }'),
  query("__typename only", "{ __typename }"),
  query("a variable", "query Book($id: ID!) { book(id: $id) { id title } }", { id: "b5" }),
  query("a number for an id", "query ($id: ID!) { book(id: $id) { id } }", { id: 5 }),
  query("a missing variable", "query ($id: ID!) { book(id: $id) { id } }", {}),
  query("a null for a non-null variable", "query ($id: ID!) { book(id: $id) { id } }", { id: null }),
  query("a variable of the wrong type", "query ($n: Int) { books(first: $n) { id } }", { n: "three" }),
  query("a variable that is too big", "query ($n: Int) { books(first: $n) { id } }", { n: 3_000_000_000 }),
  query("an unknown extra variable", "query ($n: Int) { books(first: $n) { id } }", { n: 1, other: true }),
  query("a default value of an argument", "{ books { id } }"),
  query("a default value of a variable", "query ($n: Int = 2) { books(first: $n) { id } }"),
  query("an enum literal", "{ books(first: 2, shelf: Closed) { id shelf } }"),
  query("an enum variable", "query ($s: Shelf) { books(first: 2, shelf: $s) { id shelf } }", { s: "Open" }),
  query("a wrong enum variable", "query ($s: Shelf) { books(first: 2, shelf: $s) { id shelf } }", { s: "open" }),
  query("a null enum variable", "query ($s: Shelf) { books(first: 2, shelf: $s) { id shelf } }", { s: null }),
  query("an input object variable", "query ($f: Filter!) { filtered(filter: $f) { id } }", { f: { least: 150 } }),
  query("an input object's default", "query ($f: Filter!) { filtered(filter: $f) { id } }", { f: { shelf: "Open" } }),
  query("an input object with an unknown field", "query ($f: Filter!) { filtered(filter: $f) { id } }", {
    f: { x: 1 },
  }),
  query("a variable inside an object literal", "query ($n: Int!) { filtered(filter: { least: $n }) { id } }", {
    n: 170,
  }),
  query(
    "an absent variable inside an object literal",
    "query ($n: Int = 160) { filtered(filter: { least: $n }) { id } }",
  ),
  query("a list variable", "query ($m: [Int!]) { echo(many: $m) }", { m: [1, 2] }),
  query("a single value for a list", "query ($m: [Int!]) { echo(many: $m) }", { m: 3 }),
  query("a list with a wrong item", "query ($m: [Int!]) { echo(many: $m) }", { m: [1, "x"] }),
  query("an explicit null", "{ echo(text: null) }"),
  query("an absent argument", "{ echo }"),
  query("aliases", '{ a: book(id: "b1") { t: title } b: book(id: "b2") { t: title } }'),
  query("merged fields", '{ book(id: "b1") { author { name } author { born } } }'),
  query(
    "fragments",
    "{ books(first: 2) { ...F } } fragment F on Book { id author { ...G } } fragment G on Author { name }",
  ),
  query("an inline fragment without a type", "{ books(first: 1) { ... { id } ... @include(if: true) { title } } }"),
  query(
    "@skip and @include, on",
    'query ($y: Boolean!) { book(id: "b1") { id @include(if: $y) title @skip(if: $y) } }',
    {
      y: true,
    },
  ),
  query(
    "@skip and @include, off",
    'query ($y: Boolean!) { book(id: "b1") { id @include(if: $y) title @skip(if: $y) } }',
    {
      y: false,
    },
  ),
  query("an interface", "{ works { __typename id title ... on Book { pages } ... on Film { minutes label } } }"),
  query("a union's first member", '{ work(id: "b3") { __typename ... on Book { pages } ... on Missing { id } } }'),
  query("a union's member by name", '{ work(id: "f1") { __typename ... on Film { label minutes } } }'),
  query("a union's last member", '{ work(id: "gone") { __typename ... on Missing { id } ... on Work { title } } }'),
  query("a nullable object that is null", '{ book(id: "b7") { author { name } } }'),
  query("a nullable scalar that is null", '{ book(id: "b2") { author { name born } } }'),
  query("a promise", "{ books(first: 2) { slowAuthor { name } } }"),
  query("a deliberate error", '{\n  book(id: "b3") {\r\n    id   slowAuthor { name }\n  }\n}'),
  query("a rejected promise in a list", "{ books(first: 5) { id slowAuthor { name } } }"),
  query(
    "a thrown error that bubbles to a nullable parent",
    '{ book(id: "b1") { id broken } other: book(id: "b4") { broken } }',
  ),
  query("a thrown error that bubbles to the root", "{ books(first: 1) { broken } }"),
  query("introspection", '{ __type(name: "Book") { name fields { name type { name kind ofType { name } } } } }'),
  query("a mutation", "mutation { add(amount: 2) }"),
  query("two mutations in order", "mutation { a: add(amount: 2) b: add(amount: 3) }"),
  query("a syntax error", "{ book(id: "),
  query("an unknown field", '{ book(id: "b1") { nope } }'),
  query("a missing selection", '{ book(id: "b1") }'),
  query("a missing required argument", "{ book { id } }"),
  { name: "a chosen operation", query: 'query A { echo(text: "a") } query B { echo(text: "b") }', operationName: "B" },
  { name: "an unknown operation", query: 'query A { echo(text: "a") }', operationName: "C" },
  { name: "two operations and none chosen", query: "query A { echo } query B { echo }" },
  { name: "a named operation, named", query: 'query A { echo(text: "a") }', operationName: "A" },
  query("unusual text", "query ($t: String) { echo(text: $t) }", { t: '\u2028 \ud83d\ude00 "\\ </script>' }),
];
