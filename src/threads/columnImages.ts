import type { ReadModelStore } from "../projections/readModelStore.ts";
import type { Columns } from "../projections/segments/columns/columns.ts";
import { loadImage } from "../projections/segments/columns/image/loadImage.ts";
import type { ImageSaving } from "../projections/segments/columns/image/saveImage.ts";
import { catchUpColumns } from "../projections/segments/stage/catchUpColumns.ts";

/** The columns as they were last saved, brought up to the store; null where they have to be read from the store's rows. */
export function columnsFromImage(
  store: ReadModelStore,
  file: string,
  origin: string,
): { readonly columns: Columns; readonly imaged: number } | null {
  const image = loadImage(file, origin);
  if (image.columns === null) return null;
  const { columns, rowsChanged } = image;
  const isAhead = columns.reflects().position > store.checkpoint().position;
  const rows = isAhead ? null : store.segments.rowsChangedAfter(rowsChanged);
  if (rows === null) return null;
  for (const name of columns.bitNames()) columns.dropBits(name);
  catchUpColumns(columns, store.tags, rows);
  return { columns, imaged: rowsChanged };
}

/** Keeps an image of the columns on disk not too old, in small pieces between other work. */
export type ColumnImages = {
  /** To be called when all that the columns hold is committed. True while there is more to do. */
  readonly step: () => boolean;
  /** Writes what is new, however long it takes. */
  readonly finish: () => void;
};

/** So many changes of rows after the newest image another one is made: to read those again takes less than a second or two. */
const changesBetween = 50_000;

/** `imaged`: how many changes of rows the image in the file holds; null where there is none of these columns. */
export function createColumnImages(
  columns: Columns,
  store: ReadModelStore,
  { file, origin, imaged: reached }: { readonly file: string; readonly origin: string; readonly imaged: number | null },
): ColumnImages {
  let imaged = reached;
  let saving: { readonly image: ImageSaving; readonly rowsChanged: number } | null = null;
  let failed = false;

  /** Begins another image where so many changes are missing in the one there is. */
  const begin = (changes: number): void => {
    if (saving !== null || failed) return;
    const rowsChanged = store.segments.rowsChanged();
    if (rowsChanged - (imaged ?? 0) < changes) return;
    saving = { image: columns.save(file, origin, rowsChanged), rowsChanged };
  };
  const step = (): boolean => {
    if (saving === null) return false;
    try {
      if (!saving.image.step()) return true;
      imaged = saving.rowsChanged;
      store.forgetRowsChanged(imaged);
    } catch (error) {
      failed = true;
      console.error(`c360: the columns could not be saved, and a start will take longer: ${(error as Error).message}`);
    }
    saving = null;
    return false;
  };
  return {
    step: () => {
      begin(changesBetween);
      return step();
    },
    finish: () => {
      // What changed while an image was being made is in the next one.
      while (step()) {}
      begin(imaged === null ? 0 : 1);
      while (step()) {}
    },
  };
}
