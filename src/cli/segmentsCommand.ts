import type { Command } from "commander";
import { type AppliedSegment, applySegments, type SegmentAnswer, segmentAnswer } from "./applySegments.ts";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { readSegments } from "./readSegments.ts";
import { withStore } from "./withStore.ts";

type Acting = StoreOptions & { readonly actor: string };

export function segmentsCommand(program: Command): void {
  const segments = program.command("segments").description("definitions of segments: apply files, look, archive");
  const data = (command: Command) => command.option("-d, --data <folder>", "the store's folder");
  const acting = (command: Command) =>
    data(command).requiredOption("--actor <id>", "who decides this; it goes on record");

  acting(segments.command("apply <path...>"))
    .description("draft and publish the segments of .json files or folders of them, each after those that it names")
    .addHelpText(
      "after",
      `
A file holds one segment or a list of them (docs/segments.md). The tags that they ask for have to be published already
(c360 tags apply). What is defined so already stays as it is.

Examples:
  $ c360 segments apply examples/berka/segments.json --actor ada`,
    )
    .action(apply);
  data(segments.command("list")).description("list segments with their status and size").action(list);
  acting(segments.command("archive <id>"))
    .description("end a segment for good; refused while others are made of it")
    .requiredOption("--reason <text>", "why; it goes on record")
    .action(archive);
}

const person = ({ actor }: Acting) => ({ kind: "PERSON", id: actor });
const name = "c360 segments";

async function apply(paths: readonly string[], options: Acting): Promise<void> {
  const read = readSegments(paths);
  if (!read.ok) throw new CliFailure(`nothing was applied:\n${read.refusal.map(line => `  ${line}`).join("\n")}`);
  const counts = { published: 0, unchanged: 0, refused: 0 };
  await withStore(options, name, "any", async ask => {
    await applySegments(ask, read.value, person(options), (applied: AppliedSegment) => {
      counts[applied.kind] += 1;
      if (applied.kind === "refused") {
        console.log(`${applied.id}  refused (${applied.file})`);
        for (const line of applied.lines) console.log(`    ${line}`);
      } else console.log(`${applied.id}  ${applied.kind}, version ${applied.version}`);
    });
  });
  console.log(`${counts.published} published, ${counts.unchanged} unchanged, ${counts.refused} refused.`);
  if (counts.refused > 0) process.exitCode = 1;
}

type Row = {
  readonly segmentId: string;
  readonly name: string;
  readonly status: string;
  readonly size: number | null;
};

async function list(options: StoreOptions): Promise<void> {
  await withStore(options, name, "existing", async ask => {
    let after: string | null = null;
    let count = 0;
    do {
      const page: { segments: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
        await ask(
          `query ($after: Cursor) {
             segments(first: 100, after: $after) {
               nodes { segmentId name status size }
               pageInfo { hasNextPage endCursor }
             }
           }`,
          { after },
        );
      for (const { segmentId, name: called, status, size } of page.segments.nodes)
        console.log(`${segmentId}  ${status.toLowerCase()}  ${sizeInWords(size)}  ${called}`);
      count += page.segments.nodes.length;
      after = page.segments.pageInfo.hasNextPage ? page.segments.pageInfo.endCursor : null;
    } while (after !== null);
    if (count === 0) console.log("No segments.");
  });
}

/** What is not known is not 0. */
const sizeInWords = (size: number | null): string =>
  size === null ? "-" : `${size} ${size === 1 ? "member" : "members"}`;

async function archive(id: string, options: Acting & { readonly reason: string }): Promise<void> {
  await withStore(options, name, "existing", async ask => {
    const { answer } = await ask<{ answer: SegmentAnswer }>(
      `mutation ($id: ID!, $reason: String!, $actor: ActorInput!) {
         answer: archiveSegment(id: $id, reason: $reason, actor: $actor) { ${segmentAnswer} }
       }`,
      { id, reason: options.reason, actor: person(options) },
    );
    if (answer.outcome === undefined) throw new CliFailure(answer.message ?? "refused");
    console.log(answer.outcome === "UNCHANGED" ? `${id} was archived before.` : `${id} is archived.`);
  });
}
