import { ArgsType, Field, Int } from "type-graphql";
import { badUserInput } from "../errors.ts";
import { CursorText } from "../scalars/cursor.ts";

export const defaultPageSize = 20;
export const largestPageSize = 100;

@ArgsType()
export class PagingArgs {
  @Field(() => Int, {
    nullable: true,
    description: `At most this many, from the start of the list (or from \`after\`): 0 to ${largestPageSize}, ${defaultPageSize} when neither \`first\` nor \`last\` is given.`,
  })
  first?: number | null;

  @Field(() => CursorText, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `At most this many, from the end of the list (or back from \`before\`): 0 to ${largestPageSize}. With \`first\` too: the end of what \`first\` gives.`,
  })
  last?: number | null;

  @Field(() => CursorText, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
}

/** Refuses page sizes below zero or above the limit rather than serving another page than was asked for. */
export function pageSize(argument: "first" | "last", given: number | null | undefined): number | undefined {
  if (given === null || given === undefined) return undefined;
  if (given < 0 || given > largestPageSize)
    throw badUserInput(argument, `\`${argument}\` is ${given}; it can be 0 to ${largestPageSize}.`);
  return given;
}
