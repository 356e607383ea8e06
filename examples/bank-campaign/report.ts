import type { Product } from "./product.ts";

export async function printOutcome(_p: Product, _o: object, say: (t: string) => void): Promise<void> {
  say("TODO");
}
