import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { valueSteps } from "../../projections/tags/valueSteps.ts";
import { pageSize } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { DateTime } from "../scalars/dateTime.ts";
import type { CustomerTagNode } from "./customerTagNode.ts";
import { CustomerTagType } from "./customerTagType.ts";
import { TagHistory } from "./tagHistoryType.ts";
import { tagSubjects } from "./tagSubjects.ts";
import { tagValueNode } from "./tagValueNode.ts";

/** Evaluations that the histories of one answer may take together. */
const evaluationsPerAnswer = 20_000;
const spent = new WeakMap<RequestContext, number>();

@Resolver(() => CustomerTagType)
export class TagHistoryResolver {
  @FieldResolver(() => TagHistory, {
    nullable: true,
    description:
      "How the value went from one instant to another, by one version and as known at `knownPosition`; null where no version was evaluated.",
  })
  history(
    @Root() { customerId, code, record, asked }: CustomerTagNode,
    @Arg("from", () => DateTime, { description: "From here, inclusive." }) from: Instant,
    @Arg("to", () => DateTime, {
      nullable: true,
      description: "Up to here, exclusive. Default: up to `at`, inclusive.",
    })
    to: Instant | null | undefined,
    @Arg("first", () => Int, { defaultValue: 20, description: "At most this many steps: 1 to 100." }) first: number,
    @Ctx() context: RequestContext,
  ): MaybePromise<TagHistory | null> {
    const limit = pageSize("first", first) ?? 0;
    if (limit === 0) throw badUserInput("first", "`first` is 0; it can be 1 to 100.");
    const end = to ?? asked.at + 1;
    if (from >= end) throw badUserInput("from", "`from` must be before `to`.");
    if (record === null) return null;
    const program = context.backend.tags.program(asked.versions);
    const mayGoOn = (): boolean => {
      const used = (spent.get(context) ?? 0) + 1;
      spent.set(context, used);
      return used <= evaluationsPerAnswer;
    };
    const walked = tagSubjects(context, asked.known).ask(customerId, subject =>
      valueSteps(at => program.evaluate(code, subject, { at, known: asked.known }), from, end, limit, mayGoOn),
    );
    return whenReady(walked, found => {
      const { steps, continuesAt } = found ?? { steps: [{ from, until: end, value: null }], continuesAt: null };
      const { type } = record.definition;
      return { steps: steps.map(step => ({ ...step, value: tagValueNode(step.value, type) })), continuesAt };
    });
  }
}
