import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { withStore } from "./withStore.ts";

type Acting = StoreOptions & { readonly actor: string; readonly note?: string };
type Row = {
  readonly quarantineId: string;
  readonly source: string;
  readonly factType: string | null;
  readonly status: string;
  readonly recordedAt: string;
  readonly faults: readonly { readonly field: string; readonly message: string }[];
};
type Settled = {
  readonly __typename: string;
  readonly position?: string;
  readonly faults?: Row["faults"];
  readonly status?: string;
};

const rowFields = "quarantineId source factType status recordedAt faults { field message }";

export function quarantineCommand(program: Command): void {
  const quarantine = program
    .command("quarantine")
    .description("refused facts, kept whole: look, repair, replay, discard");
  const data = (command: Command) => command.option("-d, --data <folder>", "the store's folder");
  const acting = (command: Command) =>
    data(command).requiredOption("--actor <id>", "who decides this; it goes on record");

  data(quarantine.command("list"))
    .description("list refused facts with the reasons")
    .option("--status <status>", "open, accepted or discarded", "open")
    .option("--source <name>", "only of this source")
    .option("-n, --lines <count>", "how many at most", "50")
    .action(list);
  data(quarantine.command("show <id>")).description("print one refused fact whole").action(show);
  acting(quarantine.command("replay <id>"))
    .description("send it through the door again as it is, after what it needed has arrived")
    .action((id: string, options: Acting) => settle(options, replay, { id, actor: person(options) }));
  acting(quarantine.command("repair <id> <fact.json>"))
    .description("send a corrected fact in its place (a JSON file as `show` prints it under `raw`, changed)")
    .requiredOption("--note <text>", "what was changed and why")
    .action((id: string, file: string, options: Acting) =>
      settle(options, repair, { id, actor: person(options), note: options.note, fact: factIn(file) }),
    );
  acting(quarantine.command("discard <id>"))
    .description("decide that it will not come in; it stays on record")
    .requiredOption("--note <text>", "why")
    .action((id: string, options: Acting) =>
      settle(options, discard, { id, actor: person(options), note: options.note }),
    );
}

const outcome =
  "__typename ... on FactAccepted { position } ... on FactDuplicate { position } ... on FactQuarantined { faults { field message } } ... on QuarantinedFactAlreadySettled { status }";
const replay = `mutation ($input: ReplayQuarantinedFactInput!) { settled: replayQuarantinedFact(input: $input) { ${outcome} } }`;
const repair = `mutation ($input: RepairQuarantinedFactInput!) { settled: repairQuarantinedFact(input: $input) { ${outcome} } }`;
const discard =
  "mutation ($input: DiscardQuarantinedFactInput!) { settled: discardQuarantinedFact(input: $input) { __typename ... on QuarantinedFactDiscarded { position } ... on QuarantinedFactAlreadySettled { status } } }";

const person = ({ actor }: Acting) => ({ kind: "PERSON", id: actor });

async function list(
  options: StoreOptions & { readonly status: string; readonly source?: string; readonly lines: string },
): Promise<void> {
  await withStore(options, "c360 quarantine", "existing", async ask => {
    const { quarantine } = await ask<{ quarantine: { nodes: Row[]; pageInfo: { hasNextPage: boolean } } }>(
      `query ($status: QuarantineStatus, $source: String, $first: Int) {
         quarantine(status: $status, source: $source, first: $first, order: NEWEST_FIRST) {
           nodes { ${rowFields} } pageInfo { hasNextPage }
         }
       }`,
      {
        status: options.status.toUpperCase(),
        source: options.source ?? null,
        first: Math.min(100, Number(options.lines)),
      },
    );
    for (const row of quarantine.nodes) {
      console.log(
        `${row.quarantineId}  ${row.recordedAt}  ${row.status.toLowerCase()}  ${row.source}  ${row.factType ?? "(no type)"}`,
      );
      for (const { field, message } of row.faults) console.log(`    ${field === "" ? "the whole" : field}: ${message}`);
    }
    if (quarantine.nodes.length === 0) console.log(`No ${options.status} facts in the quarantine.`);
    if (quarantine.pageInfo.hasNextPage) console.log("… and older ones (--lines, or the API's `quarantine`).");
  });
}

async function show(id: string, options: StoreOptions): Promise<void> {
  await withStore(options, "c360 quarantine", "existing", async ask => {
    const { fact } = await ask<{ fact: object | null }>(
      `query ($id: ID!) { fact: quarantinedFact(id: $id) { ${rowFields} form raw } }`,
      { id },
    );
    if (fact === null) throw new CliFailure(`there is no refused fact ${id}`);
    console.log(JSON.stringify(fact, null, 2));
  });
}

async function settle(options: Acting, mutation: string, input: object): Promise<void> {
  await withStore(options, "c360 quarantine", "existing", async ask => {
    const { settled } = await ask<{ settled: Settled }>(mutation, { input });
    switch (settled.__typename) {
      case "FactAccepted":
        return console.log(`Accepted at position ${settled.position}.`);
      case "FactDuplicate":
        return console.log(`It had come in by another way, at position ${settled.position}; the file is closed.`);
      case "QuarantinedFactDiscarded":
        return console.log(`Discarded, on record at position ${settled.position}.`);
      case "QuarantinedFactAlreadySettled":
        throw new CliFailure(`it was settled before: ${settled.status?.toLowerCase()}`);
      case "QuarantinedFactNotFound":
        throw new CliFailure("there is no refused fact with this id");
      default:
        throw new CliFailure(
          `refused again:\n${(settled.faults ?? []).map(({ field, message }) => `  ${field}: ${message}`).join("\n")}`,
        );
    }
  });
}

function factIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CliFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
