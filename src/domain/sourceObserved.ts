/**
 * What the door saw of a source that left no event of its own: facts that came again and changed nothing. Told on the source's
 * stream once in a while, so a crash may lose the count of the last minute, never an accepted fact.
 */
export type SourceObserved = {
  readonly type: "source-observed";
  readonly data: {
    /** RFC 3339; the stretch in which they came. */
    readonly from: string;
    readonly to: string;
    readonly duplicates: readonly { readonly factType: string | null; readonly facts: number }[];
  };
};
