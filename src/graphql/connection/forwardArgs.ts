import { ArgsType, Field, Int } from "type-graphql";
import { CursorText } from "../scalars/cursor.ts";
import { defaultPageSize, largestPageSize } from "./pagingArgs.ts";

/** Of lists that can be walked from their start only. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, {
    nullable: true,
    description: `At most this many: 0 to ${largestPageSize}, by default ${defaultPageSize}.`,
  })
  first?: number | null;

  @Field(() => CursorText, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;
}
