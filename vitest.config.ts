import { defineConfig } from "vitest/config";

export default defineConfig({
  // graphql ships an ESM and a CommonJS copy; two of them in one process make every type check fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["reflect-metadata"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
