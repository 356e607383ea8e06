import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { ReceiptOutcome } from "../../../campaigns/receipts.ts";
import { sourceFault } from "../../../intake/checkEnvelope.ts";
import type { FactOutcome } from "../../../intake/fact.ts";
import type { RequestContext } from "../../context.ts";
import { badUserInput } from "../../errors.ts";
import { type BatchTooLarge, largestBatch } from "../../intake/recordFactsType.ts";
import { outsideOf } from "../../tag/input/definitionInput.ts";
import { ReceiptInput } from "./receiptInput.ts";
import { type ReceiptsReported, ReportReceiptsResult } from "./receiptResultType.ts";

@Resolver()
export class ReceiptsResolver {
  @Mutation(() => ReportReceiptsResult, {
    description:
      "Takes what channels report of their messages. They may come in any order, twice and years late; one that names a contact nobody made is quarantined. Every outcome is durable by the time it is told.",
  })
  async reportReceipts(
    @Arg("input", () => [ReceiptInput], { description: `The receipts, at most ${largestBatch}.` })
    input: readonly ReceiptInput[],
    @Arg("source", () => String, {
      defaultValue: "receipts",
      description: "Whose receipts they are: ids are told apart by source.",
    })
    source: string,
    @Ctx() { backend }: RequestContext,
  ): Promise<ReceiptsReported | BatchTooLarge> {
    if (input.length > largestBatch) {
      const message = `Send at most ${largestBatch} receipts at a time.`;
      return { given: input.length, limit: largestBatch, message };
    }
    const fault = sourceFault(source);
    if (fault !== null) throw badUserInput("source", `\`source\` ${fault.message}.`);
    return reported(await backend.receipts.report(input.map(outsideOf), { source }));
  }
}

function reported(outcomes: readonly ReceiptOutcome[]): ReceiptsReported {
  const told = outcomes.map(({ withdrawal, ...receipt }) => ({ receipt: receipt as FactOutcome, withdrawal }));
  const count = (kind: FactOutcome["kind"]) => told.filter(({ receipt }) => receipt.kind === kind).length;
  const positions = told
    .flatMap(({ receipt, withdrawal }) => [receipt, ...(withdrawal === null ? [] : [withdrawal])])
    .flatMap(outcome => ("position" in outcome ? [outcome.position] : []));
  return {
    outcomes: told,
    accepted: count("accepted"),
    duplicates: count("duplicate"),
    quarantined: count("quarantined"),
    position: positions.length === 0 ? null : positions.reduce((a, b) => Math.max(a, b)),
  };
}
