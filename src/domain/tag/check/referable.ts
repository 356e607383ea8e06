import { nearestName } from "../../definition/nearestName.ts";
import type { TagCode } from "../definition.ts";
import type { TagCatalogue } from "../tagCatalogue.ts";
import { inForce, shownVersion } from "../tagGraph.ts";
import type { Referable } from "./checkTags.ts";

/** Looking for what was meant takes a look at every tag: done for so many names that are not known. */
const mostSuggestions = 20;

/** What a reference to a tag means. Drafts may build upon drafts; what is in force, only upon what is in force. */
export function referableIn({ tags }: TagCatalogue, stage: "draft" | "published"): (code: TagCode) => Referable {
  let suggestions = 0;
  const unknown = (code: TagCode): string => {
    suggestions += 1;
    const near = suggestions > mostSuggestions ? null : nearestName(code, tags.keys());
    return `there is no tag ${code}: ${near === null ? "" : `did you mean ${near}? Else `}define it first`;
  };
  return code => {
    const state = tags.get(code);
    if (state === undefined) return { kind: "unusable", code: "unknown-tag", message: unknown(code) };
    if (state.status === "retired")
      return { kind: "unusable", code: "retired-tag", message: `${code} is retired: build upon another tag` };
    const version = stage === "draft" ? shownVersion(state) : inForce(state);
    if (version !== null) return { kind: "usable", definition: version.definition };
    return { kind: "unusable", code: "unpublished-tag", message: `${code} is only a draft: publish it first` };
  };
}
