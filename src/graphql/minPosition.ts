import {
  type GraphQLResolveInfo,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from "graphql";
import type { Position } from "../domain/event.ts";
import type { MaybePromise, ReadSession } from "../projections/readModels.ts";
import type { RequestContext } from "./context.ts";
import { parsePosition } from "./scalars/position.ts";

export const minPositionOption = {
  nullable: true,
  description:
    "Read your own writes: answer only once this position is reflected, the whole answer at once. Fails with POSITION_NOT_REACHED when that takes too long.",
} as const;

/**
 * The session of the request, once the highest `minPosition` of any root field of the operation is reflected: an
 * answer has one position, so a field without one waits along.
 */
export function openSession(context: RequestContext, info: GraphQLResolveInfo): MaybePromise<ReadSession> {
  const requested = requestedPosition(info);
  return requested === null ? context.session() : context.sessionAt(requested);
}

const argumentsOf = new WeakMap<OperationDefinitionNode, readonly ValueNode[]>();

function requestedPosition({ operation, fragments, variableValues }: GraphQLResolveInfo): Position | null {
  let values = argumentsOf.get(operation);
  if (values === undefined) {
    values = minPositions(operation.selectionSet.selections, fragments);
    argumentsOf.set(operation, values);
  }
  let highest: Position | null = null;
  for (const value of values) {
    const position =
      value.kind === Kind.VARIABLE
        ? (variableValues[value.name.value] as Position | null | undefined)
        : value.kind === Kind.STRING
          ? parsePosition(value.value)
          : null;
    if (position != null && (highest === null || position > highest)) highest = position;
  }
  return highest;
}

function minPositions(
  selections: readonly SelectionNode[],
  fragments: GraphQLResolveInfo["fragments"],
): readonly ValueNode[] {
  return selections.flatMap(selection => {
    if (selection.kind === Kind.FIELD)
      return (selection.arguments ?? []).filter(({ name }) => name.value === "minPosition").map(({ value }) => value);
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    return inner === undefined ? [] : minPositions(inner.selectionSet.selections, fragments);
  });
}
