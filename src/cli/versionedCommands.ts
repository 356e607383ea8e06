import type { Command } from "commander";
import { type CampaignAnswer, reasons } from "./applyCampaigns.ts";
import type { StoreOptions } from "./configFor.ts";
import { CliFailure } from "./fail.ts";
import { listPages } from "./listPages.ts";
import { withStore } from "./withStore.ts";

/* What there is to do with policies and with offers alike. */

export type Listing = { readonly list: string; readonly id: string; readonly none: string };
export type Retiring = { readonly mutation: string; readonly answer: string; readonly description: string };

type Row = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly current: { readonly version: number } | null;
};

export function listVersioned(command: Command, { list, id, none }: Listing): void {
  command
    .command("list")
    .description("list them with their status")
    .option("-d, --data <folder>", "the store's folder")
    .action((options: StoreOptions) =>
      withStore(options, `c360 ${command.name()}`, "existing", async ask => {
        const fields = `id: ${id} name status current { version }`;
        const count = await listPages<Row>(ask, list, fields, ({ id, name, status, current }) =>
          console.log(
            `${id}  ${status.toLowerCase()}  ${current === null ? "-" : `version ${current.version}`}  ${name}`,
          ),
        );
        if (count === 0) console.log(none);
      }),
    );
}

export function retireVersioned(command: Command, { mutation, answer, description }: Retiring): void {
  command
    .command("retire <id>")
    .description(description)
    .option("-d, --data <folder>", "the store's folder")
    .requiredOption("--actor <id>", "who decides this; it goes on record")
    .requiredOption("--reason <text>", "why; it goes on record")
    .action((id: string, options: StoreOptions & { readonly actor: string; readonly reason: string }) =>
      withStore(options, `c360 ${command.name()}`, "existing", async ask => {
        const { answer: told } = await ask<{ answer: CampaignAnswer }>(
          `mutation ($id: ID!, $reason: String!, $actor: ActorInput!) {
            answer: ${mutation}(id: $id, reason: $reason, actor: $actor) { ${answer} }
          }`,
          { id, reason: options.reason, actor: { kind: "PERSON", id: options.actor } },
        );
        if (told.outcome === undefined) throw new CliFailure(reasons(told).join("\n"));
        console.log(told.outcome === "UNCHANGED" ? `${id} was retired before.` : `${id} is retired.`);
      }),
    );
}
