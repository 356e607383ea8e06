/** Imports point inward: cli → compose → graphql, intake, definitions → projections → domain; adapters → ports. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^src/", pathNot: allowed },
});

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("domain-is-pure", "^src/domain/", "^src/domain/", "the domain imports nothing outside itself"),
    {
      name: "domain-does-no-io",
      severity: "error",
      // Distributions are mathematics, and better left to those who keep them right.
      from: { path: "^src/domain/", pathNot: "^src/domain/effect/distributions.ts$" },
      to: { dependencyTypes: ["core", "npm"] },
    },
    only("projections-know-the-domain", "^src/projections/", "^src/(domain|projections)/", "folds and their engine"),
    only("intake-knows-the-domain", "^src/intake/", "^src/(domain|intake)/|^src/packageRoot", "the door for facts"),
    only(
      "definitions-know-the-domain",
      "^src/definitions/",
      "^src/(domain|intake|definitions)/",
      "the door for definitions, beside the one for facts",
    ),
    only(
      "campaigns-deliver-what-was-decided",
      "^src/campaigns/",
      "^src/(domain|projections|intake|definitions|campaigns)/",
      "the courier, its channels and the door for receipts",
    ),
    only("demo-makes-facts", "^src/demo/", "^src/(domain|intake|demo)/", "the generator"),
    only(
      "graphql-translates",
      "^src/graphql/",
      "^src/(domain|projections|intake|definitions|campaigns|graphql)/",
      "no adapter behind its back",
    ),
    only("adapters-fill-ports", "^src/adapters/", "^src/(domain|projections|intake|adapters)/", "adapters know ports"),
    only(
      "threads-compose",
      "^src/threads/",
      "^src/(domain|projections|intake|definitions|campaigns|adapters|threads)/|^src/packageRoot",
      "composition of the worker threads",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
