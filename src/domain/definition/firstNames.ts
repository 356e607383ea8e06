const mostNamed = 10;

/** The first few of some names: "a, b and 3 more". */
export const firstNames = (names: readonly string[]): string =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join(", ")} and ${names.length - mostNamed} more`
    : names.join(", ");
