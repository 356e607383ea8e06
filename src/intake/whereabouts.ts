import { LRUCache } from "lru-cache";
import type { Claim, LogWriter } from "../domain/eventLog.ts";
import { CustomerId, customerOfStream, customerStream } from "../domain/ids.ts";
import type { ExternalRef } from "./fact.ts";
import { customerIdOf, type IdSecret } from "./identify.ts";

/** Where facts about a customer go; `exists` is false before the first one. */
export type CustomerPlace = { readonly id: CustomerId; readonly stream: string; readonly exists: boolean };

/** What the log knows of customers and accounts, seen together with what the facts before in the same batch will add. */
export type Whereabouts = {
  /** The customer that an identity was linked to, else the one that first appeared, or would appear, under it. */
  readonly customer: (ref: ExternalRef) => CustomerPlace;
  readonly byId: (id: CustomerId) => CustomerPlace;
  /** The customer that holds an account (by `system/id`), or null. */
  readonly holder: (account: string) => CustomerPlace | null;
  /** Whether the identity is spoken for: linked, or the one under which a customer first appeared. */
  readonly isTaken: (ref: ExternalRef) => boolean;
  /** The key under which the log keeps who the identity belongs to. */
  readonly identityKey: (ref: ExternalRef) => string;
};

/** References of this system name a customer by the id that this product gave it. */
export const ownSystem = "c360";

export const accountClaim = (account: string): string => `account:${account}`;
/** Hashed, because an identity may be personal: the id of the customer who would first appear under it. */
export const identityClaim = (ownId: CustomerId): string => `identity:${ownId}`;

/** Facts as they would be once the requests handed to `add` are stored. */
export type Overlay = Whereabouts & {
  /** `by` is the event that makes the claims and creates the stream. */
  readonly add: (by: string, created: string | null, claims: readonly Claim[]) => void;
  /** Events of this batch on whose claims later facts of it relied. */
  readonly reliedOn: () => ReadonlySet<string>;
};

const remembered = 50_000;

/**
 * Claims and streams are for good, so what was found once is remembered (the last 50,000 customers and accounts);
 * what was not found is asked again. Only for the thread of the one writer.
 */
export function createWhereabouts(
  writer: Pick<LogWriter, "streamExists" | "claimant">,
  secret: IdSecret,
): { readonly overlay: () => Overlay } {
  const customers = new LRUCache<string, CustomerPlace>({ max: remembered });
  const holders = new LRUCache<string, CustomerPlace>({ max: remembered });

  const overlay = (): Overlay => {
    const created = new Set<string>();
    const claims = new Map<string, { readonly stream: string; readonly by: string }>();
    const relied = new Set<string>();

    const claimant = (key: string): string | null => {
      const fresh = claims.get(key);
      if (fresh === undefined) return writer.claimant(key);
      relied.add(fresh.by);
      return fresh.stream;
    };
    const place = (id: CustomerId): CustomerPlace => {
      const stream = customerStream(id);
      return { id, stream, exists: created.has(stream) || writer.streamExists(stream) };
    };
    const isDurable = (found: CustomerPlace, key: string): boolean =>
      found.exists && !created.has(found.stream) && !claims.has(key);

    const customer = (ref: ExternalRef): CustomerPlace => {
      const named = ref.system === ownSystem ? CustomerId.parse(ref.id) : null;
      if (named !== null) return place(named);
      const key = `${ref.system}\0${ref.id}`;
      const known = customers.get(key);
      if (known !== undefined) return known;
      const own = customerIdOf(secret, ref);
      const claim = identityClaim(own);
      const found = place(customerIn(claimant(claim)) ?? own);
      if (isDurable(found, claim)) customers.set(key, found);
      return found;
    };
    const holder = (account: string): CustomerPlace | null => {
      const known = holders.get(account);
      if (known !== undefined) return known;
      const claim = accountClaim(account);
      const id = customerIn(claimant(claim));
      if (id === null) return null;
      const found = place(id);
      if (isDurable(found, claim)) holders.set(account, found);
      return found;
    };
    return {
      customer,
      holder,
      byId: place,
      isTaken: ref => {
        const own = customerIdOf(secret, ref);
        return claimant(identityClaim(own)) !== null || place(own).exists;
      },
      identityKey: ref => identityClaim(customerIdOf(secret, ref)),
      add: (by, createdStream, added) => {
        if (createdStream !== null) created.add(createdStream);
        // A claim that stands already needs nobody of this batch: a repeated fact changes nothing.
        for (const { key, stream } of added)
          if (!claims.has(key) && writer.claimant(key) === null) claims.set(key, { stream, by });
      },
      reliedOn: () => relied,
    };
  };
  return { overlay };
}

function customerIn(stream: string | null): CustomerId | null {
  return stream === null ? null : customerOfStream(stream);
}
