import type { BankOptions } from "../../../src/demo/parameters.ts";

/** What a rebuilding process is to do: rebuild `folder` again and again, and take in `bank` meanwhile. */
export type RebuildOrder = { readonly folder: string; readonly bank: BankOptions };

/** What it writes to its standard output, one JSON line each. */
export type RebuildWord = { readonly kind: "rebuilding" | "rebuilt" };
