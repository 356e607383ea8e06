import type { TagCategoryType } from "./tagCategoryType.ts";
import type { TagNode } from "./tagNode.ts";

/** Every category with a tag in it or below it, in order of paths, so that each comes before those below it. */
export function tagCategories(tags: readonly Pick<TagNode, "category">[]): readonly TagCategoryType[] {
  const found = new Map<string, TagCategoryType>();
  for (const { category } of tags) {
    const steps = category.split("/");
    for (const [index, name] of steps.entries()) {
      const path = steps.slice(0, index + 1).join("/");
      const parent = index === 0 ? null : steps.slice(0, index).join("/");
      const entry = found.get(path) ?? { path, name, parent, own: 0, total: 0 };
      entry.total += 1;
      if (index === steps.length - 1) entry.own += 1;
      found.set(path, entry);
    }
  }
  const key = ({ path }: TagCategoryType) => path.split("/").join("\0");
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
