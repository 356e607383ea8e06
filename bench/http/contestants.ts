/**
 * Who answers: `bare` sends one buffer of the reply's size and ignores the request; `mercuriusJit` is the peer over the
 * same schema, resolvers and read models; `fastLane` and `pipeline` (Apollo with compiled execution) are our server.
 */
export const contestants = ["bare", "mercuriusJit", "pipeline", "fastLane"] as const;
export type Contestant = (typeof contestants)[number];

/** What a client of the contestant accepts: our server takes its fast lane only for headers that common clients send. */
export const acceptOf = (contestant: Contestant): string =>
  contestant === "pipeline" ? "application/json, text/plain;q=0.5" : "application/json";
