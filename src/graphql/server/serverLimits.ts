/** What one client may ask of the server. Sizes in bytes, times in milliseconds. */
export type ServerLimits = {
  /** A whole (not streamed) request body. */
  readonly bodyBytes: number;
  /** How long a client may take to send a whole body. */
  readonly bodyMs: number;
  /** From the body's last byte to the answer of a GraphQL request. */
  readonly requestMs: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  /** Fields an operation may return: every field counts one, everything below a connection once per item asked for. */
  readonly fields: number;
  /** Items assumed for a connection without `first` and `last`. */
  readonly defaultPage: number;
  /** Operations whose compiled form is kept. */
  readonly compiledOperations: number;
  /** Answers that are remembered, with what they were made from; 0 remembers none. */
  readonly rememberedBytes: number;
  /** One line of a fact stream. */
  readonly lineBytes: number;
  /** Lines and bytes handed to the intake at once. */
  readonly chunkLines: number;
  readonly chunkBytes: number;
  /** Chunks of one stream that may wait for the intake before its socket is read no further. */
  readonly chunksInFlight: number;
  /** How long the intake may take over one chunk. */
  readonly intakeMs: number;
  /** How long a client may neither send nor read, on a fact stream as on a subscription. */
  readonly stallMs: number;
  /** WebSockets, and event streams, at one time. */
  readonly sockets: number;
  /** One message that comes in over a WebSocket. */
  readonly socketMessageBytes: number;
  /** How long a WebSocket's client may take to say what it wants. */
  readonly socketInitMs: number;
  /** How often a WebSocket's client is asked whether it is still there; it has to answer before it is asked again. */
  readonly socketPingMs: number;
  /** How long the clients of WebSockets may take to hang up once the server closes. */
  readonly socketCloseMs: number;
  readonly subscriptionsPerSocket: number;
  /** With this much waiting for a subscriber, no more is written to it until it has read. */
  readonly unreadBytes: number;
  /** Messages kept for a moment, for other subscribers who come to the same place. */
  readonly keptMessageBytes: number;
  /** How long running requests may take to finish once the server closes. */
  readonly closeMs: number;
};

export const defaultLimits: ServerLimits = {
  bodyBytes: 4 * 1024 * 1024,
  bodyMs: 30_000,
  requestMs: 15_000,
  tokens: 4_000,
  depth: 16,
  aliases: 50,
  fields: 50_000,
  defaultPage: 20,
  compiledOperations: 500,
  rememberedBytes: 64 * 1024 * 1024,
  lineBytes: 1024 * 1024,
  chunkLines: 500,
  chunkBytes: 256 * 1024,
  chunksInFlight: 4,
  intakeMs: 30_000,
  stallMs: 60_000,
  sockets: 50_000,
  socketMessageBytes: 256 * 1024,
  socketInitMs: 5_000,
  socketPingMs: 15_000,
  socketCloseMs: 1_000,
  subscriptionsPerSocket: 100,
  unreadBytes: 256 * 1024,
  keptMessageBytes: 16 * 1024 * 1024,
  closeMs: 10_000,
};
