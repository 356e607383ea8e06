import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { KeyVault } from "../eventFormat/keyVault.ts";

/** Keys in a Map: for tests and throw-away logs. `secretOf` makes the named secrets repeatable where a test needs it. */
export function createMemoryKeyVault(secretOf: (name: string) => Buffer = () => randomBytes(32)): KeyVault {
  const keys = new Map<string, (KeyObject | null)[]>();
  const secrets = new Map<string, Buffer>();
  return {
    ensure: subject => {
      const generations = keys.get(subject) ?? [];
      const current = generations.at(-1);
      if (current) return { generation: generations.length - 1, key: current };
      const key = createSecretKey(randomBytes(32));
      keys.set(subject, [...generations, key]);
      return { generation: generations.length, key };
    },
    find: (subject, generation) => keys.get(subject)?.[generation] ?? null,
    refresh: () => {},
    commit: () => {},
    maintain: () => {},
    rollback: () => {},
    destroy: subject =>
      void keys.set(
        subject,
        (keys.get(subject) ?? []).map(() => null),
      ),
    secret: name => {
      const secret = secrets.get(name) ?? secretOf(name);
      secrets.set(name, secret);
      return secret;
    },
    close: () => {},
  };
}
