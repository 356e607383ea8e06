/**
 * Who answers: `bare` sends one buffer of the reply's size and ignores the request; `mercuriusJit` is the peer over the
 * same schema and rows; `fastLane` and `pipeline` (Apollo with compiled execution) are ours.
 */
export const contestants = ["bare", "mercuriusJit", "pipeline", "fastLane"] as const;
export type Contestant = (typeof contestants)[number];
