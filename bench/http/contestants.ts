/**
 * Who answers: `bare` sends one buffer of the reply's size and ignores the request; `mercuriusJit` is the peer over the
 * same schema, resolvers and read models. The others are our server: `pipeline` is Apollo with compiled execution;
 * `anew` has room for so few answers that none is there when its customer's turn comes again; `remembering` is as
 * shipped and nothing changes; `changing` is as shipped while facts arrive about the very customers asked for.
 */
export const contestants = ["bare", "mercuriusJit", "pipeline", "anew", "remembering", "changing"] as const;
export type Contestant = (typeof contestants)[number];

/** What a client of the contestant accepts: our server takes its fast lane only for headers that common clients send. */
export const acceptOf = (contestant: Contestant): string =>
  contestant === "pipeline" ? "application/json, text/plain;q=0.5" : "application/json";
