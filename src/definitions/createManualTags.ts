import type { RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { TagCode } from "../domain/tag/definition.ts";
import { applyProposal, isApplied } from "./applyProposal.ts";
import { assignTag } from "./assignTag.ts";
import { type ManualTagParts, manualTagDoor } from "./manualTagDoor.ts";
import type { ManualTags } from "./manualTags.ts";
import { proposeAssignments } from "./proposeAssignments.ts";
import { refreshTag } from "./refreshTag.ts";
import { settleProposal } from "./settleProposal.ts";
import { foldProposals } from "./tagProposal.ts";

/** The door for values set by hand, in the thread of the log's writer. */
export function createManualTags(parts: ManualTagParts): ManualTags {
  const door = manualTagDoor(parts);
  const resume = async (): Promise<number> => {
    const tags = new Set((await approvals(parts.reader)).map(({ stream }) => stream.slice("tag-".length)));
    let resumed = 0;
    for (const name of tags) {
      const code = TagCode.parse(name);
      if (code === null) continue;
      for (const proposal of foldProposals(await door.eventsOf(code)).values()) {
        if (proposal.settled?.status !== "approved" || (await isApplied(proposal, parts.reader))) continue;
        await applyProposal(code, proposal, parts.writer, parts.now);
        resumed += 1;
      }
    }
    return resumed;
  };
  return {
    resume,
    run: command => {
      switch (command.kind) {
        case "assign":
          return assignTag(command, door);
        case "propose":
          return proposeAssignments(command, door);
        case "approve":
        case "reject":
          return settleProposal(command, door);
        case "refresh":
          return refreshTag(command, door);
      }
    },
  };
}

async function approvals(log: Pick<LogReader, "read">): Promise<RecordedEvent[]> {
  const limit = 500;
  const found: RecordedEvent[] = [];
  for (;;) {
    const after = found.at(-1)?.position ?? 0;
    const page = await log.read({ types: ["tag-assignment-approved"], after, limit });
    found.push(...page);
    if (page.length < limit) return found;
  }
}
