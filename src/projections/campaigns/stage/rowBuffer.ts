import type { CampaignRow, CampaignRowChange, CampaignRowKind, CampaignTables } from "../campaignTables.ts";

/** Rows as they stand with all that has happened since the last commit. */
export type RowBuffer = {
  readonly get: (kind: CampaignRowKind, key: string) => string | null;
  readonly put: (kind: CampaignRowKind, key: string, text: string | null) => void;
  /** What was committed of a kind, by key; to be asked before anything is put. */
  readonly stored: (kind: CampaignRowKind) => Iterable<CampaignRow>;
  /** What was committed of a kind, and whose keys begin so. */
  readonly under: (kind: CampaignRowKind, prefix: string) => Iterable<CampaignRow>;
  /** Null where nothing changed. */
  readonly changes: () => readonly CampaignRowChange[] | null;
  readonly committed: () => void;
};

const pageRows = 1_000;

export function createRowBuffer(tables: CampaignTables): RowBuffer {
  let changed = new Map<string, CampaignRowChange>();
  const nameOf = (kind: CampaignRowKind, key: string): string => `${kind} ${key}`;
  const under: RowBuffer["under"] = function* (kind, prefix) {
    for (let after: string | undefined; ; ) {
      const page: readonly CampaignRow[] = tables.campaignRows(kind, {
        ...{ prefix, limit: pageRows },
        ...(after === undefined ? {} : { after }),
      });
      yield* page;
      if (page.length < pageRows) return;
      after = page.at(-1)?.key;
    }
  };
  return {
    get: (kind, key) => {
      const known = changed.get(nameOf(kind, key));
      return known === undefined ? tables.campaignRow(kind, key) : known.text;
    },
    put: (kind, key, text) => {
      changed.set(nameOf(kind, key), { kind, key, text });
    },
    stored: kind => under(kind, ""),
    under,
    changes: () => (changed.size === 0 ? null : [...changed.values()]),
    committed: () => {
      changed = new Map();
    },
  };
}
