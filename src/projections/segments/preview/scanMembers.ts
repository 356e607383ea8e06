import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import { standingVersionAt } from "../../../domain/segment/segmentGraph.ts";
import { definitionsInForce } from "../../../domain/tag/tagGraph.ts";
import { compileTags } from "../../tags/evaluation/tagProgram.ts";
import type { Members } from "../columns/query/around.ts";
import { type PopulationSources, populationAt, populationsAt } from "./population.ts";
import { scan } from "./scan.ts";
import type { PreviewRefusal } from "./segmentPreview.ts";

export type ScannedMembers = { readonly members: readonly Members[]; readonly customers: number };

export type Scanning = PopulationSources & {
  /** Of performance.now(). */
  readonly deadline: number;
  readonly tooSlow: () => PreviewRefusal;
};

/** Members of each rule by everybody's facts and by the definitions in force at `known`; default: all that is stored. */
export async function scanMembers(
  rules: readonly Rule[],
  at: Instant,
  known: Position | null,
  { deadline, tooSlow, ...sources }: Scanning,
): Promise<Result<ScannedMembers, PreviewRefusal>> {
  const { contents } = sources;
  const { tags, segments, checkpoint } = contents;
  const position = known ?? checkpoint;
  const catalogue = { position: checkpoint, tags: new Map(tags.states().map(tag => [tag.code, tag])) };
  const ruleOf = (id: SegmentId): Rule | null => {
    const state = segments.state(id);
    return (state === null ? null : standingVersionAt(state, position))?.definition.rule ?? null;
  };
  const program = compileTags(definitionsInForce(catalogue, position));
  const population = populationAt(sources, position);
  const moment = { at, known: position };
  const populations = populationsAt({ contents, population, program, moment }, ruleOf);
  const members: Members[] = [];
  let customers = 0;
  for (const rule of rules) {
    await populations.prepare(rule);
    const found = await scan(rule, population, { program, populations, moment }, deadline);
    if (found.kind === "tooSlow") return refuse(tooSlow());
    if (found.kind === "failed") return refuse({ ...found, code: null });
    members.push(found.members);
    customers = found.customers;
  }
  return accept({ members, customers });
}
