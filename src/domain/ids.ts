type Brand<Name extends string> = string & { readonly __brand: Name };

/** Opaque: derived from the first identity under a secret of the log, so that it tells nothing about the person. */
export type CustomerId = Brand<"CustomerId">;
export const CustomerId = {
  parse: (raw: string): CustomerId | null => (/^[0-9a-z]{26}$/.test(raw) ? (raw as CustomerId) : null),
};

/** A lower-case UUID. */
export type EventId = Brand<"EventId">;
export const EventId = {
  parse: (raw: string): EventId | null =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(raw) ? (raw as EventId) : null,
};

const customerPrefix = "customer-";
export const customerStream = (id: CustomerId): string => customerPrefix + id;
export const sourceStream = (source: string): string => `source-${source}`;

/** The customer a stream belongs to, or null for the streams of sources, definitions and the clock. */
export const customerOfStream = (stream: string): CustomerId | null =>
  stream.startsWith(customerPrefix) ? CustomerId.parse(stream.slice(customerPrefix.length)) : null;

/** An account's key everywhere: the system that keeps it and the id it has there. */
export const accountRef = (system: string, id: string): string => `${system}/${id}`;
