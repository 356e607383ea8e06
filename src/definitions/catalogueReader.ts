import type { Position, RecordedEvent } from "../domain/event.ts";
import type { LogReader } from "../domain/eventLog.ts";
import { oneAtATime } from "../intake/oneAtATime.ts";

const atOnce = 500;

/** How a catalogue is folded from events of some types. */
export type CatalogueFold<Catalogue> = {
  readonly empty: Catalogue;
  readonly types: readonly string[];
  readonly fold: (catalogue: Catalogue, events: readonly RecordedEvent[]) => Catalogue;
};

/** A catalogue as the log has it at the time of the call; each call reads only what came since the one before. */
export function createCatalogueReader<Catalogue extends { readonly position: Position }>(
  log: Pick<LogReader, "head" | "read">,
  { empty, types, fold }: CatalogueFold<Catalogue>,
): () => Promise<Catalogue> {
  let catalogue = empty;
  const inTurn = oneAtATime();
  const catchUp = async (): Promise<Catalogue> => {
    const head = await log.head();
    let next = catalogue;
    while (next.position < head) {
      const after = next.position;
      // Who proposed what for whom is no part of a definition, so what is sealed stays so.
      const page = await log.read({ types, leaveSealed: types, after, before: head + 1, limit: atOnce });
      next = fold(next, page);
      if (page.length < atOnce) next = { ...next, position: head };
    }
    catalogue = next;
    return next;
  };
  return () => inTurn(catchUp);
}
