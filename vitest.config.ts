import { defineConfig } from "vitest/config";

/**
 * unit: seconds, no build needed, part of `npm run check`; files share what they import, which is most of their time otherwise.
 * campaign: long lives drawn at random, against brute force. system: the built product, real data, kills, real clients.
 */
const shared = {
  // graphql ships an ESM and a CommonJS copy; two of them in one process make every type check fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
};
const common = { setupFiles: ["reflect-metadata", "./test/support/drawnAlike.ts"], hookTimeout: 120_000 };

export default defineConfig({
  ...shared,
  test: {
    // Its own choice leaves a core idle, which of two is one half.
    maxWorkers: "100%",
    projects: [
      {
        ...shared,
        test: {
          ...common,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/system/**", "test/**/*.campaign.test.ts"],
          testTimeout: 30_000,
          isolate: false,
        },
      },
      {
        ...shared,
        test: { ...common, name: "campaign", include: ["test/**/*.campaign.test.ts"], testTimeout: 120_000 },
      },
      { ...shared, test: { ...common, name: "system", include: ["test/system/**/*.test.ts"], testTimeout: 300_000 } },
    ],
  },
});
