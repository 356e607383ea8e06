import { Command, CommanderError } from "commander";
import { ChannelsUnusable } from "../campaigns/channels/channelConfig.ts";
import { StorageFailure } from "../domain/eventLog.ts";
import { CatalogueUnusable } from "../threads/factCatalogue.ts";
import { benchCommand } from "./benchCommand.ts";
import { campaignsCommand } from "./campaignsCommand.ts";
import { demoCommand } from "./demoCommand.ts";
import { eventsCommand } from "./eventsCommand.ts";
import { CliFailure } from "./fail.ts";
import { importCommand } from "./importCommand.ts";
import { offersCommand } from "./offersCommand.ts";
import { policiesCommand } from "./policiesCommand.ts";
import { quarantineCommand } from "./quarantineCommand.ts";
import { rebuildCommand } from "./rebuildCommand.ts";
import { replayPolicyCommand } from "./replayPolicyCommand.ts";
import { segmentsCommand } from "./segmentsCommand.ts";
import { serveCommand } from "./serveCommand.ts";
import { tagsCommand } from "./tagsCommand.ts";
import { verifyCommand } from "./verifyCommand.ts";

const program = new Command("c360")
  .description("Customer 360 on an event log: every fact kept, every answer exact and traceable.")
  .showHelpAfterError("(c360 --help tells what there is)")
  .exitOverride()
  .addHelpText(
    "after",
    `
A first walk:
  $ c360 serve --demo                                  a generated bank behind GraphQL at http://127.0.0.1:4360
  $ c360 import ../shared/data/berka --mapping berka   real accounts through a mapping file
  $ c360 events tail                                   what the log holds
  $ c360 verify                                        recompute everything from event one and compare

The store is the folder ./data, or what C360_DATA_DIR or --data name.`,
  );
for (const add of [
  serveCommand,
  demoCommand,
  importCommand,
  eventsCommand,
  verifyCommand,
  rebuildCommand,
  replayPolicyCommand,
  quarantineCommand,
  tagsCommand,
  segmentsCommand,
  campaignsCommand,
  policiesCommand,
  offersCommand,
  benchCommand,
])
  add(program);

// Whoever reads our output may stop early (`| head`).
process.stdout.on("error", error => {
  if ((error as { code?: unknown }).code === "EPIPE") process.exit();
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (
    error instanceof CliFailure ||
    error instanceof StorageFailure ||
    error instanceof CatalogueUnusable ||
    error instanceof ChannelsUnusable
  ) {
    console.error(`c360: ${error.message}`);
    process.exitCode = error instanceof CliFailure ? error.exitCode : 1;
  } else {
    console.error("c360: something broke that should not have:", error);
    process.exitCode = 70;
  }
}
