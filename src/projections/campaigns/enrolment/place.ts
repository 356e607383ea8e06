import type { JsonScalar } from "../../../domain/json.ts";
import type { Told } from "./factsNaming.ts";

/** The customer's place in the campaign: the first to be told. */
export type Place = Pick<Told, "at" | "position"> & {
  readonly arm: string | null;
  readonly variant: string | null;
  readonly channel: string | null;
  readonly segments: readonly string[];
};

/** The first assignment wins, whoever made it; without any, what came first says by which channel. */
export function placeOf(
  decisions: readonly Told[],
  assignments: readonly Told[],
  contacts: readonly Told[],
  responses: readonly Told[],
): Place {
  let assigning: Told | null = null;
  for (const fact of decisions) if (fact.text("arm") !== null) assigning = earlierOf(assigning, fact);
  for (const fact of assignments) assigning = earlierOf(assigning, fact);
  let first = assigning;
  if (first === null) for (const fact of [...decisions, ...contacts, ...responses]) first = earlierOf(first, fact);
  if (first === null) throw new Error("a customer whom a campaign met was met by something");
  return {
    at: first.at,
    position: first.position,
    arm: first.text("arm"),
    variant: first.text("variant"),
    channel: first.text("channel"),
    segments: assigning === null ? none : listOf(first.value("segments")),
  };
}

const earlierOf = (first: Told | null, fact: Told): Told =>
  first === null || fact.at < first.at || (fact.at === first.at && fact.position < first.position) ? fact : first;

const none: readonly string[] = [];

/** A list of scalars is kept as its JSON text. */
const listOf = (value: JsonScalar | undefined): readonly string[] =>
  typeof value !== "string" || value === "[]" ? none : [...new Set(JSON.parse(value) as string[])].sort();
