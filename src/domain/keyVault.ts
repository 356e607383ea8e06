/**
 * Keeps one key per subject, apart from the log, so that destroying a key erases what it sealed everywhere at once.
 * Keys made with `ensure` must be durable (`commit`) before anything sealed with them is.
 */
export type KeyVault = {
  /** The current key of a subject, made on first use; a new generation after an erasure. */
  readonly ensure: (subject: string) => { readonly generation: number; readonly key: Buffer };
  /** The key of one generation; null once destroyed. */
  readonly find: (subject: string, generation: number) => Buffer | null;
  readonly commit: () => void;
  /** Forgets keys made since the last commit. */
  readonly rollback: () => void;
  /** Destroys every generation of the subject's key, durably. */
  readonly destroy: (subject: string) => void;
  /** A named secret of this log, made on first use (32 bytes), for keyed hashes. */
  readonly secret: (name: string) => Buffer;
  readonly close: () => void;
};
