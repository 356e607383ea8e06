/** A figure left the range in which integers are exact. It is refused rather than rounded; the message names the figure. */
export class InexactFigure extends Error {
  override readonly name = "InexactFigure";
  readonly code = "TAG_FIGURE_TOO_LARGE";
  constructor(what: string, figure: bigint | string) {
    super(`${what}: ${figure} is beyond ±${Number.MAX_SAFE_INTEGER}, too large to be exact`);
  }
}
