/**
 * What the server must know of a request's context: the log position its answer reflects (null while nothing was read),
 * and how to give back what it holds, such as a read transaction. `release` is called exactly once, whatever happens.
 */
export type RequestScope = {
  readonly reflectedPosition: () => string | null;
  readonly release: () => void;
};
