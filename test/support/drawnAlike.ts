import { configureGlobal } from "fast-check";

/*
 * What lands must not depend on luck: on CI every property draws the same cases again and again, elsewhere new ones each
 * time. C360_SEED draws those of a failure once more, C360_RUNS searches longer.
 */
const seed = process.env.C360_SEED ?? (process.env.CI === undefined ? undefined : "20261123");
if (seed !== undefined) configureGlobal({ seed: Number(seed) });
