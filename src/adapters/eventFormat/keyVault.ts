import type { KeyObject } from "node:crypto";

/** AES-256-GCM key of one person (or one quarantined fact), with its generation: a new one starts after an erasure. */
export type PersonalKey = { readonly generation: number; readonly key: KeyObject };

/**
 * Keeps one key per subject, apart from the log, so that destroying a key erases what it sealed everywhere at once.
 * Keys made with `ensure` must be durable (`commit`) before anything sealed with them is.
 */
export type KeyVault = {
  /** The current key of a subject, made on first use; a new generation after an erasure. */
  readonly ensure: (subject: string) => PersonalKey;
  /** Notices keys destroyed elsewhere. To be called before each read or append, so that no destroyed key is used by it. */
  readonly refresh: () => void;
  /** The key of one generation; null once destroyed. */
  readonly find: (subject: string, generation: number) => KeyObject | null;
  readonly commit: () => void;
  /** House-keeping between commits: a log of changes that is never copied back makes every look at a key dearer. */
  readonly maintain: () => void;
  /** Forgets keys made since the last commit. */
  readonly rollback: () => void;
  /** Destroys every generation of the subject's key, durably. */
  readonly destroy: (subject: string) => void;
  /** A named secret of this log, made on first use (32 bytes), for keyed hashes. */
  readonly secret: (name: string) => Buffer;
  readonly close: () => void;
};
