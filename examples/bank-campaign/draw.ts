import { createHash } from "node:crypto";

/** Chances by name: the same seed and names draw the same, in whatever order they are asked. */
export type Draw = {
  /** In [0, 1). */
  readonly of: (...names: readonly (string | number)[]) => number;
  readonly happens: (chance: number, ...names: readonly (string | number)[]) => boolean;
};

export function drawWith(seed: number): Draw {
  const of: Draw["of"] = (...names) =>
    createHash("sha256")
      .update(JSON.stringify([seed, ...names]))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;
  return { of, happens: (chance, ...names) => of(...names) < chance };
}
