import type { ResourceLimits } from "node:worker_threads";

/**
 * What a thread may hold of what it made lately before it looks for what is still in use. A fold makes much and keeps little: with four
 * times the default the projector spends some 8 % less on a fact, and takes no more memory in all.
 */
export const workingMemory: ResourceLimits = { maxYoungGenerationSizeMb: 192 };
