import { setImmediate as nextTurn } from "node:timers/promises";
import type { GraphQLError } from "graphql";
import type { EncodedStep } from "./fanOut.ts";
import type { Following, Subscriber } from "./subscriber.ts";

export type GroupOptions = {
  readonly encode: (place: string) => Promise<EncodedStep | null>;
  readonly watch: (wake: () => void) => () => void;
  /** What subscribers are told of an exception. */
  readonly failed: (error: unknown) => GraphQLError;
  readonly onEmpty: () => void;
};

/** Subscribers who are told the same at the same place. */
export type Group = {
  readonly join: (place: string, subscriber: Subscriber) => Following;
  readonly size: () => number;
};

type Member = { readonly subscriber: Subscriber; place: string; gone: boolean; waitsToBeRead: boolean };

/** Written to so many before others get their turn: queries must not wait for ten thousand sockets. */
const atOnce = 200;

/**
 * Moves its members from place to place. Whoever's connection is congested stays where it is until it has read: what it
 * misses is not kept for it, it is read again from its place.
 */
export function createGroup({ encode, watch, failed, onEmpty }: GroupOptions): Group {
  const members = new Map<string, Set<Member>>();
  const running = new Set<string>();
  let count = 0;
  let wakes = 0;
  let unwatch: (() => void) | null = null;

  const wake = (): void => {
    wakes += 1;
    for (const place of members.keys()) void advance(place);
  };

  const stand = (member: Member, place: string): void => {
    member.place = place;
    const there = members.get(place);
    if (there === undefined) members.set(place, new Set([member]));
    else there.add(member);
  };

  const remove = (member: Member): void => {
    if (member.gone) return;
    member.gone = true;
    const there = members.get(member.place);
    if (there?.delete(member) && there.size === 0) members.delete(member.place);
    count -= 1;
    if (count > 0) return;
    unwatch?.();
    unwatch = null;
    onEmpty();
  };

  const waitUntilRead = (member: Member): void => {
    if (member.waitsToBeRead) return;
    member.waitsToBeRead = true;
    member.subscriber.outlet.whenRead(() => {
      member.waitsToBeRead = false;
      if (!member.gone) void advance(member.place);
    });
  };

  /** Those at the place who can be written to. */
  const ready = (place: string): boolean => {
    const there = members.get(place);
    if (there === undefined) return false;
    let any = false;
    for (const member of there)
      if (member.subscriber.outlet.congested()) waitUntilRead(member);
      else any = true;
    return any;
  };

  /** One runner for each place; it goes on as long as somebody there can be told something. */
  async function advance(place: string): Promise<void> {
    if (running.has(place)) return;
    running.add(place);
    try {
      while (ready(place)) {
        const woken = wakes;
        const step = await encode(place);
        if (step !== null) await tell(place, step);
        else if (woken === wakes) break;
      }
    } catch (error) {
      const told = failed(error);
      for (const member of members.get(place) ?? []) end(member, told);
    } finally {
      running.delete(place);
    }
  }

  async function tell(place: string, step: EncodedStep): Promise<void> {
    const there = members.get(place);
    let written = 0;
    for (const member of there ?? []) {
      if (member.subscriber.outlet.congested()) continue;
      there!.delete(member);
      if (!step.last) stand(member, step.place);
      member.subscriber.next(step.payload, step.place);
      if (step.last) end(member, null);
      written += 1;
      if (written % atOnce === 0) await nextTurn();
    }
    if (there?.size === 0 && members.get(place) === there) members.delete(place);
    void advance(step.place);
  }

  const end = (member: Member, error: GraphQLError | null): void => {
    if (member.gone) return;
    remove(member);
    member.subscriber.done(error);
  };

  return {
    size: () => count,
    join: (place, subscriber) => {
      const member: Member = { subscriber, place, gone: false, waitsToBeRead: false };
      stand(member, place);
      count += 1;
      unwatch ??= watch(wake);
      void advance(place);
      return { place: () => member.place, leave: () => remove(member) };
    },
  };
}
