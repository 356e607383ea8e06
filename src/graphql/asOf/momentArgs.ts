import { ArgsType, Field } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import { positionAt } from "../../projections/asOf/positionAt.ts";
import type { ReadSession } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { eventAt } from "../event/eventAt.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";

@ArgsType()
export class MomentArgs {
  @Field(() => DateTime, {
    nullable: true,
    description:
      "As it was at this instant: facts of a later one do not count. Default: the instant of `knownAt` or `knownPosition`, else now.",
  })
  asOf?: Instant | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "As we knew it at this instant: facts, corrections and reversals recorded later are left out, and tags follow the definitions in force then.",
  })
  knownAt?: Instant | null;

  @Field(() => PositionText, {
    nullable: true,
    description: "The same, named by the last position that was known. Give this or `knownAt`.",
  })
  knownPosition?: Position | null;
}

export const isPresent = ({ asOf, knownAt, knownPosition }: MomentArgs): boolean =>
  asOf == null && knownAt == null && knownPosition == null;

/** The moment that the arguments name. Throws BAD_USER_INPUT. */
export async function momentOf(context: RequestContext, session: ReadSession, args: MomentArgs): Promise<Moment> {
  const { asOf, knownAt, knownPosition } = args;
  if (knownPosition != null) {
    if (knownAt != null) throw badUserInput("knownPosition", "Give either `knownAt` or `knownPosition`.");
    if (knownPosition > session.position)
      throw badUserInput(
        "knownPosition",
        `Position ${knownPosition} is not reflected yet; answers reflect ${session.position}. To wait for it, pass it as \`minPosition\` too.`,
      );
    if (asOf != null) return { at: asOf, known: knownPosition };
    const at = knownPosition === 0 ? 0 : (await eventAt(context, knownPosition)).recordedAt;
    return { at, known: knownPosition };
  }
  if (knownAt == null) return { at: asOf ?? context.now, known: session.position };
  const known = await positionAt(context.backend.log, knownAt);
  return { at: asOf ?? knownAt, known: Math.min(known, session.position) };
}
