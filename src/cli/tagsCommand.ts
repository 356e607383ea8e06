import type { Command } from "commander";
import { type AppliedTag, applyDefinitions, type TagAnswer, tagAnswer } from "./applyDefinitions.ts";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { readDefinitions } from "./readDefinitions.ts";
import { tagValueCommands } from "./tagValueCommands.ts";
import { withStore } from "./withStore.ts";

type Acting = StoreOptions & { readonly actor: string };

export function tagsCommand(program: Command): void {
  const tags = program.command("tags").description("definitions of tags: apply files, look, retire");
  const data = (command: Command) => command.option("-d, --data <folder>", "the store's folder");
  const acting = (command: Command) =>
    data(command).requiredOption("--actor <id>", "who decides this; it goes on record");

  acting(tags.command("apply <path...>"))
    .description(
      "draft and publish the definitions of .json files or folders of them, each after those it is computed from",
    )
    .addHelpText(
      "after",
      `
A file holds one definition or a list of them (docs/tags.md). What is defined so already stays as it is.

Examples:
  $ c360 tags apply examples/berka/tags.json --actor ada`,
    )
    .action(apply);
  data(tags.command("list"))
    .description("list tags with their version and status")
    .option("--category <path>", "only of this category and below")
    .action(list);
  acting(tags.command("retire <code>"))
    .description("end a tag for good; refused while others are computed from it")
    .requiredOption("--reason <text>", "why; it goes on record")
    .action(retire);
  tagValueCommands(tags);
}

const person = ({ actor }: Acting) => ({ kind: "PERSON", id: actor });

async function apply(paths: readonly string[], options: Acting): Promise<void> {
  const read = readDefinitions(paths);
  if (!read.ok) throw new CliFailure(`nothing was applied:\n${read.refusal.map(line => `  ${line}`).join("\n")}`);
  const counts = { published: 0, unchanged: 0, refused: 0 };
  await withStore(options, "c360 tags", "any", async ask => {
    await applyDefinitions(ask, read.value, person(options), (applied: AppliedTag) => {
      counts[applied.kind] += 1;
      if (applied.kind === "refused") {
        console.log(`${applied.code}  refused (${applied.file})`);
        for (const line of applied.lines) console.log(`    ${line}`);
      } else console.log(`${applied.code}  ${applied.kind}, version ${applied.version}`);
    });
  });
  console.log(`${counts.published} published, ${counts.unchanged} unchanged, ${counts.refused} refused.`);
  if (counts.refused > 0) process.exitCode = 1;
}

type Row = { readonly code: string; readonly name: string; readonly status: string; readonly category: string };

async function list(options: StoreOptions & { readonly category?: string }): Promise<void> {
  await withStore(options, "c360 tags", "existing", async ask => {
    let after: string | null = null;
    let count = 0;
    do {
      const page: { tags: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await ask(
        `query ($filter: TagFilter, $after: Cursor) {
           tags(first: 100, after: $after, filter: $filter) {
             nodes { code name status category }
             pageInfo { hasNextPage endCursor }
           }
         }`,
        { filter: options.category === undefined ? null : { category: options.category }, after },
      );
      for (const { code, name, status, category } of page.tags.nodes)
        console.log(`${code}  ${status.toLowerCase()}  ${category}  ${name}`);
      count += page.tags.nodes.length;
      after = page.tags.pageInfo.hasNextPage ? page.tags.pageInfo.endCursor : null;
    } while (after !== null);
    if (count === 0) console.log("No tags.");
  });
}

async function retire(code: string, options: Acting & { readonly reason: string }): Promise<void> {
  await withStore(options, "c360 tags", "existing", async ask => {
    const { answer } = await ask<{ answer: TagAnswer }>(
      `mutation ($code: ID!, $reason: String!, $actor: ActorInput!) {
         answer: retireTag(code: $code, reason: $reason, actor: $actor) { ${tagAnswer} }
       }`,
      { code, reason: options.reason, actor: person(options) },
    );
    if (answer.outcome === undefined) throw new CliFailure(answer.message ?? "refused");
    console.log(answer.outcome === "UNCHANGED" ? `${code} was retired before.` : `${code} is retired.`);
  });
}
