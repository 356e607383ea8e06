/** One measured figure beside its floor or peer of the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against, and what that did in the same run. */
  readonly against: string | null;
  readonly reference: number | null;
  readonly ratio: number | null;
  /** The least that is asked, of the ratio where there is one, else of the value; and what is aimed at. */
  readonly must: number | null;
  readonly aim: number | null;
  /** The most that is allowed, for figures that should be low. */
  readonly atMost?: number;
};

const measured = ({ ratio, value }: Figure): number => ratio ?? value;
export const meetsDemand = (figure: Figure): boolean =>
  (figure.must === null || measured(figure) >= figure.must) &&
  (figure.atMost === undefined || measured(figure) <= figure.atMost);
const isDemanded = ({ must, atMost }: Figure): boolean => must !== null || atMost !== undefined;

const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(figure => [
    figure.name,
    `${number(figure.value)} ${figure.unit}`,
    figure.against === null ? "" : `${figure.against}: ${number(figure.reference ?? 0)}`,
    figure.ratio === null ? "" : figure.ratio.toFixed(2),
    figure.atMost === undefined ? (figure.must === null ? "" : number(figure.must)) : `≤ ${figure.atMost}`,
    figure.aim === null ? "" : String(figure.aim),
    !isDemanded(figure)
      ? ""
      : meetsDemand(figure)
        ? figure.aim === null || measured(figure) >= figure.aim
          ? "aim met"
          : "met"
        : "NOT MET",
  ]);
  const table = [["measurement", "ours", "against", "ratio", "must", "aim", ""], ...rows];
  const widths = (table[0] as string[]).map((_, column) =>
    Math.max(...table.map(row => (row[column] as string).length)),
  );
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join("  ")
        .trimEnd(),
    );
}
