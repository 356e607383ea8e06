/** How often a property is tried: a few seconds' worth, or as often as C360_RUNS says, however long that takes. */
export const campaign = (usual: number): { readonly numRuns: number; readonly interruptAfterTimeLimit?: number } =>
  process.env.C360_RUNS === undefined
    ? { numRuns: usual, interruptAfterTimeLimit: 20_000 }
    : { numRuns: Number(process.env.C360_RUNS) };
