import type { Channel, ChannelMessage, Delivery } from "../../../src/campaigns/channel.ts";

export type Answer = Delivery | Error | "hang";

/** A receiver that answers as it is told (then accepts), and remembers what it was handed. */
export function scriptedChannel(name: string, ...answers: readonly Answer[]) {
  const handed: ChannelMessage[] = [];
  const signals: AbortSignal[] = [];
  const script = [...answers];
  let release: (answer: Delivery) => void = () => {};
  const channel: Channel = {
    name,
    deliver: async (message, signal) => {
      handed.push(message);
      signals.push(signal);
      const answer = script.shift() ?? { kind: "accepted" };
      if (answer instanceof Error) throw answer;
      return answer === "hang" ? new Promise(resolve => (release = resolve)) : answer;
    },
  };
  return { channel, handed, signals, release: (answer: Delivery) => release(answer) };
}
