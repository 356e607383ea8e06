import type { Command } from "commander";
import { offerAnswer } from "./applyCampaigns.ts";
import { listVersioned, type Retiring, retireVersioned } from "./versionedCommands.ts";

export function offersCommand(program: Command): void {
  const offers = program
    .command("offers")
    .description("what campaigns offer: look, retire; c360 campaigns apply defines them");
  listVersioned(offers, { list: "offers", id: "offerId", none: "No offers." });
  retireVersioned(offers, {
    ...{ mutation: "retireOffer", answer: offerAnswer },
    description: "offer something no more; refused while campaigns that are approved and not finished name it",
  } satisfies Retiring);
}
