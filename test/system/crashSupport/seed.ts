import { randomInt } from "node:crypto";

/** The seed of everything random here: C360_KILL_SEED, or a new one; printed, so that a failure can be run again. */
export const seed: number = Number(process.env.C360_KILL_SEED ?? randomInt(2 ** 31));
console.info(`seed ${seed} (C360_KILL_SEED=${seed} draws the same again; the machine's own timing still varies)`);
