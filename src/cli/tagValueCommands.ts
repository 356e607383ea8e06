import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { v7 as uuidv7 } from "uuid";
import type { ListFormat } from "../definitions/assignmentList.ts";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { lineInFile, listParts } from "./listParts.ts";
import { withStore } from "./withStore.ts";

type Acting = StoreOptions & { readonly actor: string; readonly note?: string };
type AssignOptions = Acting & { readonly check?: true; readonly report?: string };
type Refused = { readonly message?: string };
type Proposed = Refused & {
  readonly proposalId: string | null;
  readonly total: number;
  readonly report?: {
    readonly assigned: number;
    readonly unmatched: readonly { readonly line: number; readonly system: string; readonly id: string }[];
    readonly duplicates: readonly { readonly line: number; readonly of: number }[];
    readonly faults: readonly { readonly line: number; readonly field: string; readonly message: string }[];
  };
};

/** The commands about the values of tags, beside those about definitions. */
export function tagValueCommands(tags: Command): void {
  const data = (command: Command) => command.option("-d, --data <folder>", "the store's folder");
  const acting = (command: Command) =>
    data(command)
      .requiredOption("--actor <id>", "who does this; it goes on record")
      .option("--note <text>", "what for", "");

  acting(tags.command("assign <code> <file>"))
    .description(
      "propose the values of a list (.csv or .ndjson: system, id, value, expiresAt) for somebody else to approve",
    )
    .option("--check", "only say what would be proposed")
    .option("--report <file>", "write every line that is not proposed to this file (NDJSON)")
    .addHelpText(
      "after",
      `
Columns: system and id name the customer as an upstream system knows it; value is of the tag's type and may be left out for a
boolean tag (true); expiresAt is an RFC 3339 instant. A set is written a|b in CSV. In NDJSON null takes a value away.

Examples:
  $ c360 tags assign vip vips.csv --actor ada --note "spring list"
  $ c360 tags approve vip <proposal> --actor bo`,
    )
    .action(assign);
  data(tags.command("proposals <code>")).description("list the proposals for a manual tag").action(listProposals);
  acting(tags.command("approve <code> <proposal>"))
    .description("put a proposal in force; not for who made it. Asking again finishes what was interrupted")
    .option("--count <number>", "how many values you have seen; refused where it holds another number", Number)
    .action(approve);
  acting(tags.command("reject <code> <proposal>")).description("give a proposal up").action(reject);
  acting(tags.command("refresh <code>"))
    .description("compute an RFM or look-alike tag anew; its values stand still between refreshes, so let cron do it")
    .option("--as-of <instant>", "what was true then (RFC 3339); default: now")
    .action(refresh);
}

const person = ({ actor }: Acting) => ({ kind: "PERSON", id: actor });
const refused = "... on TagRefused { message }";

async function assign(code: string, file: string, options: AssignOptions): Promise<void> {
  const format: ListFormat = /\.(ndjson|jsonl)$/i.test(file) ? "ndjson" : "csv";
  const parts = listParts(textOf(file), format);
  const proposalId = uuidv7();
  const left: object[] = [];
  let [assigned, total] = [0, 0];
  await withStore(options, "c360 tags", "existing", async ask => {
    for (const part of parts) {
      const { proposed } = await ask<{ proposed: Proposed }>(
        `mutation ($input: ProposeTagListInput!) {
           proposed: proposeTagList(input: $input) {
             ${refused}
             ... on TagListProposed {
               proposalId total
               report { assigned unmatched { line system id } duplicates { line of } faults { line field message } }
             }
           }
         }`,
        {
          input: {
            code,
            proposalId,
            format: format.toUpperCase(),
            content: part.content,
            note: options.note ?? "",
            check: options.check === true,
            actor: person(options),
          },
        },
      );
      const { report } = proposed;
      if (report === undefined) {
        const before =
          total === 0 ? "" : `; ${total} values of proposal ${proposalId} are proposed by now: reject them`;
        throw new CliFailure(`${file}: ${proposed.message}${before}`);
      }
      const inFile = (line: number) => lineInFile(part, line, format);
      for (const { line, ...rest } of report.unmatched) left.push({ line: inFile(line), reason: "unmatched", ...rest });
      for (const { line, of } of report.duplicates)
        left.push({ line: inFile(line), reason: "duplicate", of: inFile(of) });
      for (const { line, ...rest } of report.faults) left.push({ line: inFile(line), reason: "fault", ...rest });
      assigned += report.assigned;
      if (proposed.proposalId !== null) total = proposed.total;
    }
  });
  printReport(left, options);
  if (options.check) console.log(`${assigned} values would be proposed, ${left.length} lines would not be used.`);
  else if (assigned === 0) console.log(`Nothing is proposed: of ${left.length} lines none could be used.`);
  else console.log(`Proposal ${proposalId}: ${total} values for ${code}; ${left.length} lines were not used.`);
  if (assigned === 0) process.exitCode = 1;
}

function printReport(left: readonly object[], { report }: AssignOptions): void {
  if (report !== undefined) writeFileSync(report, left.map(line => `${JSON.stringify(line)}\n`).join(""));
  const shown = 20;
  for (const item of left.slice(0, shown)) {
    const { line, reason, system, id, of, field, message } = item as Readonly<Record<string, string>>;
    const why =
      reason === "unmatched"
        ? `no customer has the id ${system}/${id}`
        : reason === "duplicate"
          ? `says what line ${of} says`
          : `${field ? `${field}: ` : ""}${message}`;
    console.log(`line ${line}  ${why}`);
  }
  if (left.length > shown)
    console.log(`… and ${left.length - shown} more${report === undefined ? " (--report <file> keeps them all)" : ""}.`);
}

type ProposalRow = {
  readonly proposalId: string;
  readonly status: string;
  readonly proposer: { readonly id: string };
  readonly proposedAt: string;
  readonly note: string;
  readonly total: number;
};

async function listProposals(code: string, options: StoreOptions): Promise<void> {
  await withStore(options, "c360 tags", "existing", async ask => {
    const { tag } = await ask<{
      tag: { proposals: { nodes: ProposalRow[]; pageInfo: { hasPreviousPage: boolean } } } | null;
    }>(
      `query ($code: ID!) {
         tag(code: $code) {
           proposals(last: 50) {
             nodes { proposalId status proposer { id } proposedAt note total } pageInfo { hasPreviousPage }
           }
         }
       }`,
      { code },
    );
    if (tag === null) throw new CliFailure(`there is no tag ${code}`);
    for (const { proposalId, status, proposer, proposedAt, note, total } of tag.proposals.nodes)
      console.log(`${proposalId}  ${proposedAt}  ${status.toLowerCase()}  ${total} values by ${proposer.id}  ${note}`);
    if (tag.proposals.nodes.length === 0) console.log(`No proposals for ${code}.`);
    if (tag.proposals.pageInfo.hasPreviousPage) console.log("… and older ones (the API's `proposals`).");
  });
}

async function approve(code: string, proposalId: string, options: Acting & { readonly count?: number }): Promise<void> {
  if (options.count !== undefined && !Number.isInteger(options.count))
    throw new CliFailure("--count: expected a number");
  const input = {
    code,
    proposalId,
    assignments: options.count ?? null,
    note: options.note ?? "",
    actor: person(options),
  };
  await withStore(options, "c360 tags", "existing", async ask => {
    const { done } = await ask<{ done: Refused & { readonly assigned?: number } }>(
      `mutation ($input: SettleTagListInput!) {
         done: approveTagList(input: $input) { ${refused} ... on TagListApproved { assigned } }
       }`,
      { input },
    );
    if (done.assigned === undefined) throw new CliFailure(done.message ?? "refused");
    console.log(`${done.assigned} values of ${code} are in force.`);
  });
}

async function reject(code: string, proposalId: string, options: Acting): Promise<void> {
  await withStore(options, "c360 tags", "existing", async ask => {
    const { done } = await ask<{ done: Refused & { readonly position?: string } }>(
      `mutation ($input: SettleTagListInput!) {
         done: rejectTagList(input: $input) { ${refused} ... on TagListRejected { position } }
       }`,
      { input: { code, proposalId, note: options.note ?? "", actor: person(options) } },
    );
    if (done.position === undefined) throw new CliFailure(done.message ?? "refused");
    console.log(`Proposal ${proposalId} is rejected; nothing of it is set.`);
  });
}

async function refresh(code: string, options: Acting & { readonly asOf?: string }): Promise<void> {
  await withStore(options, "c360 tags", "existing", async ask => {
    const { done } = await ask<{ done: Refused & { readonly asOf?: string } }>(
      `mutation ($code: ID!, $asOf: DateTime, $actor: ActorInput!) {
         done: refreshTag(code: $code, asOf: $asOf, actor: $actor) { ${refused} ... on TagRefreshed { asOf } }
       }`,
      { code, asOf: options.asOf ?? null, actor: person(options) },
    );
    if (done.asOf === undefined) throw new CliFailure(done.message ?? "refused");
    console.log(`${code} is computed anew as of ${done.asOf}.`);
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CliFailure(`${file} cannot be read: ${(error as Error).message}`);
  }
}
