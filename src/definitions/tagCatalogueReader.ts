import type { LogReader } from "../domain/eventLog.ts";
import { emptyCatalogue, foldTagEvents, tagEventTypes } from "../domain/tag/foldTagEvent.ts";
import type { TagCatalogue } from "../domain/tag/tagCatalogue.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";

const atOnce = 500;

/** The catalogue of tags as the log has it at the time of the call; each call reads only what came since the one before. */
export function createTagCatalogueReader(log: Pick<LogReader, "head" | "read">): () => Promise<TagCatalogue> {
  let catalogue = emptyCatalogue;
  const inTurn = oneAtATime();
  const catchUp = async (): Promise<TagCatalogue> => {
    const head = await log.head();
    let next = catalogue;
    while (next.position < head) {
      const after = next.position;
      // Who proposed what for whom is no part of a definition, so what is sealed stays so.
      const page = await log.read({
        types: tagEventTypes,
        leaveSealed: tagEventTypes,
        after,
        before: head + 1,
        limit: atOnce,
      });
      next = foldTagEvents(next, page);
      if (page.length < atOnce) next = { ...next, position: head };
    }
    catalogue = next;
    return next;
  };
  return () => inTurn(catchUp);
}
