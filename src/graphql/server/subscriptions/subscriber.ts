import type { GraphQLError } from "graphql";

/** A connection that messages go out on; several subscriptions may share it. */
export type Outlet = {
  /** More waits for the client than it should: nothing is to be written until it has read. */
  readonly congested: () => boolean;
  /** Calls `then` once the client has read what waited; never, where it goes away first. */
  readonly whenRead: (then: () => void) => void;
};

/** One subscription of one client. */
export type Subscriber = {
  readonly outlet: Outlet;
  /**
   * @param payload an execution result as JSON
   * @param place where the feed is read on after it
   */
  readonly next: (payload: string, place: string) => void;
  /** The feed has ended, or failed. */
  readonly done: (error: GraphQLError | null) => void;
};

/** A running subscription. */
export type Following = {
  /** From where the client would resume after all that was written to it. */
  readonly place: () => string;
  readonly leave: () => void;
};
