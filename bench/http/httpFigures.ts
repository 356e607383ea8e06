import type { Figure } from "../figure.ts";
import type { HttpBenchFigures } from "./benchHttp.ts";
import type { Contestant } from "./contestants.ts";

const peers: Partial<Record<Contestant, string>> = { bare: "bare node:http", mercuriusJit: "mercurius + jit" };

/** The demand is on answers while facts arrive; beside it stand the quiet case and the one that no memory helps. */
export function httpFigures(measured: HttpBenchFigures): Figure[] {
  const { requestsPerSecond, cpuPerRequest, fromMemory, ratio, factsPerSecond, customers } = measured;
  const whom = `profiles of ${customers} customers in turn`;
  const names: Partial<Record<Contestant, string>> = {
    changing: `${whom}, ${factsPerSecond} facts/s arriving about them`,
    remembering: `${whom}, nothing changing`,
    anew: `${whom}, each answer made anew`,
  };
  const rate = (ours: Contestant, other: Contestant, must: number | null, aim: number | null): Figure => ({
    name: `${names[ours]} (${Math.round(fromMemory[ours] * 100)}% from memory)`,
    value: requestsPerSecond[ours],
    unit: "requests/s",
    against: peers[other] ?? null,
    reference: requestsPerSecond[other],
    ratio: ratio(ours, other),
    must,
    aim,
  });
  const cost = (ours: Contestant): Figure => ({
    name: names[ours] ?? ours,
    value: cpuPerRequest[ours],
    unit: "us of CPU per request",
    against: "bare node:http",
    reference: cpuPerRequest.bare,
    ratio: null,
    must: null,
    aim: null,
  });
  return [
    rate("changing", "bare", 0.25, 0.4),
    rate("remembering", "bare", null, null),
    rate("anew", "bare", null, null),
    rate("anew", "mercuriusJit", 0.7, 1.2),
    cost("changing"),
    cost("remembering"),
    cost("anew"),
  ];
}
