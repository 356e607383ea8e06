/** Whether all words of a search stand in one of the texts, in upper or lower case. */
export function wordsIn(search: string | null | undefined): (...texts: readonly string[]) => boolean {
  const words = (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (...texts) => {
    if (words.length === 0) return true;
    const text = texts.join("\n").toLowerCase();
    return words.every(word => text.includes(word));
  };
}
