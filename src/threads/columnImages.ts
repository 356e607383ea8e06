import type { Position } from "../domain/event.ts";
import type { ReadModelStore } from "../projections/readModelStore.ts";
import type { Columns } from "../projections/segments/columns/columns.ts";
import { loadImage } from "../projections/segments/columns/image/loadImage.ts";
import type { ImageSaving } from "../projections/segments/columns/image/saveImage.ts";
import { catchUpColumns } from "../projections/segments/stage/catchUpColumns.ts";

/** The columns as they were last saved, brought up to the store; null where they have to be read from the store's rows. */
export function columnsFromImage(store: ReadModelStore, file: string, origin: string): Columns | null {
  const { columns } = loadImage(file, origin);
  if (columns === null) return null;
  const { position } = columns.reflects();
  const rows = position > store.checkpoint().position ? null : store.segments.rowsChangedAfter(position);
  if (rows === null) return null;
  for (const name of columns.bitNames()) columns.dropBits(name);
  catchUpColumns(columns, store.tags, rows);
  return columns;
}

/** Keeps an image of the columns on disk not too old, in small pieces between other work. */
export type ColumnImages = {
  /** To be called when all that the columns hold is committed. True while there is more to do. */
  readonly step: (position: Position) => boolean;
  /** Writes what is new, however long it takes. */
  readonly finish: (position: Position) => void;
};

/** So many events after the newest image another one is made: to read again whom they were about takes less than a second. */
const eventsBetween = 50_000;

/** `imaged`: how far the image in the file reaches, 0 where there is none of these columns. */
export function createColumnImages(
  columns: Columns,
  store: ReadModelStore,
  { file, origin, imaged: reached }: { readonly file: string; readonly origin: string; readonly imaged: Position },
): ColumnImages {
  let imaged = reached;
  let saving: { readonly image: ImageSaving; readonly position: Position } | null = null;
  let failed = false;

  const step = (): boolean => {
    if (saving === null) return false;
    try {
      if (!saving.image.step()) return true;
      imaged = saving.position;
      store.forgetRowsChanged(imaged);
    } catch (error) {
      failed = true;
      console.error(`c360: the columns could not be saved, and a start will take longer: ${(error as Error).message}`);
    }
    saving = null;
    return false;
  };
  return {
    step: position => {
      if (saving === null && !failed && position - imaged >= eventsBetween)
        saving = { image: columns.save(file, origin), position };
      return step();
    },
    finish: position => {
      if (saving === null && position > imaged) saving = { image: columns.save(file, origin), position };
      while (step()) {}
    },
  };
}
