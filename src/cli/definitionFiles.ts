import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The member that names a definition: `code` of tags, `id` of all others. */
export type NameMember = "code" | "id";
/** What files are called that hold them; any other file holds tags or segments. */
export const campaignFileNames = { policy: "policies.json", offer: "offers.json", campaign: "campaigns.json" } as const;
export type CampaignFileKind = keyof typeof campaignFileNames;
/** `place` is how problems name it: "tags.json[3] spend-30d". */
export type FiledJson = { readonly file: string; readonly json: unknown; readonly place: string };

/**
 * The tags or segments of files, or of all .json files in folders; a file holds one or a list of them. Whatever else there is is
 * left out where a folder was named, which may hold it too. What cannot be read is a line in `problems`.
 */
export function definitionFiles(paths: readonly string[], name: NameMember, problems: string[]): readonly FiledJson[] {
  return paths.flatMap(path => {
    const folder = isFolder(path, problems);
    if (folder === null) return [];
    if (!folder) return definitionsIn(path, name, problems);
    const files = jsonFilesIn(path).filter(file => campaignFileKind(file) === null);
    const found = files.flatMap(file => definitionsIn(file, name, problems));
    return found.filter(({ json }) => !isOfOtherKind(json, name));
  });
}

/** The policies, offers and campaigns of files, or of those files in folders that are called so; whatever else is in a folder is left out. */
export function campaignFiles(
  paths: readonly string[],
  problems: string[],
): readonly (FiledJson & { readonly kind: CampaignFileKind })[] {
  return paths.flatMap(path => {
    const folder = isFolder(path, problems);
    if (folder === null) return [];
    if (!folder && campaignFileKind(path) === null) {
      const names = Object.values(campaignFileNames).join(", ");
      problems.push(`${path} does not say what it holds: its name has to end in one of ${names}`);
      return [];
    }
    return (folder ? jsonFilesIn(path) : [path]).flatMap(file => {
      const kind = campaignFileKind(file);
      return kind === null ? [] : definitionsIn(file, "id", problems).map(filed => ({ ...filed, kind }));
    });
  });
}

/** `spring-offers.json` holds offers, too. */
const campaignFileKind = (file: string): CampaignFileKind | null =>
  (Object.keys(campaignFileNames) as CampaignFileKind[]).find(kind => file.endsWith(campaignFileNames[kind])) ?? null;

const jsonFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith(".json"))
    .sort()
    .map(file => join(folder, file));

/** Each after those of them that it needs; where they go round in a circle any order will do: they are refused for it. */
export function neededFirst<Item>(
  items: ReadonlyMap<string, Item>,
  needs: (item: Item) => readonly string[],
): readonly Item[] {
  const ordered = new Set<Item>();
  const begun = new Set<string>();
  const take = (name: string): void => {
    const item = items.get(name);
    if (item === undefined || begun.has(name)) return;
    begun.add(name);
    for (const needed of needs(item)) take(needed);
    ordered.add(item);
  };
  for (const name of items.keys()) take(name);
  return [...ordered];
}

function isFolder(path: string, problems: string[]): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    problems.push(`${path} cannot be read: ${(error as Error).message}`);
    return null;
  }
}

function definitionsIn(file: string, name: NameMember, problems: string[]): FiledJson[] {
  const called = (json: unknown): string => {
    const given = (json as Readonly<Record<string, unknown>> | null)?.[name];
    return typeof given === "string" ? ` ${given}` : "";
  };
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!Array.isArray(content)) return [{ file, json: content, place: `${file}${called(content)}` }];
    return content.map((json: unknown, index) => ({ file, json, place: `${file}[${index}]${called(json)}` }));
  } catch (error) {
    problems.push(`${file} cannot be read as JSON: ${(error as Error).message}`);
    return [];
  }
}

function isOfOtherKind(json: unknown, name: NameMember): boolean {
  const other = name === "code" ? "id" : "code";
  return typeof json === "object" && json !== null && Object.hasOwn(json, other) && !Object.hasOwn(json, name);
}
