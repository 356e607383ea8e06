import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagValue } from "../../domain/tag/tagValue.ts";
import type { MaybePromise } from "../readModels.ts";
import type { Evaluated } from "./evaluation/evaluated.ts";
import type { History } from "./history/history.ts";

/** One customer's tags as the projector keeps them: of published tags that are wholly filled, at the log time of the snapshot. */
export type CustomerTags = ReadonlyMap<TagCode, Evaluated>;

/** How far a published version has got. Queries use the newest filled version; a tag without one is not answered yet. */
export type TagFill = {
  readonly code: TagCode;
  readonly version: number;
  readonly filled: boolean;
  /** Customers done, and to do in all. */
  readonly done: number;
  readonly total: number;
};

/** How a tag's values are spread over all customers, exact at the snapshot. */
export type TagSpread = {
  /** Customers with a value, of all. */
  readonly covered: number;
  readonly customers: number;
  /**
   * Boolean, enumeration, text, set members: customers per value, most frequent first, bounded by `limit`. Numbers, money and
   * dates: customers per stretch [from, to) of values, ascending.
   */
  readonly values: readonly { readonly value: string | boolean; readonly customers: number }[];
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly customers: number }[];
};

/** The part of a read session that is about tags. */
export type TagReads = {
  /** Time as the log tells it at the snapshot: the newest recordedAt. Null before the first event. */
  readonly logTime: () => Instant | null;
  readonly tagsOf: (ids: readonly CustomerId[]) => MaybePromise<(CustomerTags | null)[]>;
  /**
   * What is kept of each customer under a code, that of a tag or of a hidden condition: undefined where it could not be worked out.
   * Null where values under that code are not, or not wholly, filled.
   */
  readonly keptUnder: (
    code: TagCode,
    ids: readonly CustomerId[],
  ) => MaybePromise<readonly (TagValue | undefined)[] | null>;
  readonly historyOf: (id: CustomerId) => MaybePromise<History | null>;
  readonly tagFills: () => MaybePromise<readonly TagFill[]>;
  /** The same of the hidden conditions that rules are kept by, of those laid out so far. */
  readonly conditionFills: () => MaybePromise<readonly TagFill[]>;
  readonly tagSpread: (code: TagCode, limit: number) => MaybePromise<TagSpread | null>;
  /** Customers with a value of the tag, by row, for lists and exports. */
  readonly taggedCustomers: (
    code: TagCode,
    value: TagValue | undefined,
    after: number,
    limit: number,
  ) => MaybePromise<readonly { readonly row: number; readonly customerId: CustomerId; readonly value: TagValue }[]>;
};
