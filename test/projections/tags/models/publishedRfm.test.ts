import { expect, test } from "vitest";
import { parseMinorUnits } from "../../../../src/domain/money.ts";
import { type RfmRow, rfmCell, rfmScores } from "../../../../src/projections/tags/models/rfm.ts";
import { describeOnData, publicData, publishedFigures } from "../../../system/support/publicData.ts";
import { readTable } from "../../../system/support/tables.ts";

type Example = {
  readonly recency_days: number;
  readonly frequency: number;
  readonly monetary: string;
  readonly score: string;
};
type Figures = {
  readonly customers?: number;
  readonly n_555: number;
  readonly n_111: number;
  readonly cells_used: number;
  readonly frequency_total: number;
  readonly top_cells?: readonly (readonly [cell: string, customers: number])[];
  readonly examples: Readonly<Record<string, Example>>;
};
type Purchase = { readonly customer: string; readonly date: string; readonly cents: number };

const days = (date: string): number => Date.parse(date) / 86_400_000;
const cents = (text: string): number => parseMinorUnits(text, 2) as number;

/** By brute force: the newest day, the number that `frequencyOf` sees, and the sum, of everyone's purchases. */
function population(
  purchases: readonly Purchase[],
  asOf: string,
  frequencyOf: (dates: readonly string[]) => number,
): RfmRow[] {
  return [...Map.groupBy(purchases, ({ customer }) => customer)].map(([customer, theirs], row) => ({
    row,
    recency: days(asOf) - Math.max(...theirs.map(({ date }) => days(date))),
    frequency: frequencyOf(theirs.map(({ date }) => date)),
    monetary: theirs.reduce((sum, purchase) => sum + purchase.cents, 0),
    tieKey: customer,
    customerId: customer,
  }));
}

function expectFigures(rows: readonly RfmRow[], figures: Figures): void {
  const scores = rfmScores(rows, 5);
  const cellAt = (at: number): string =>
    rfmCell(scores.recency[at] as number, scores.frequency[at] as number, scores.monetary[at] as number, 5);
  const counts = new Map<string, number>();
  for (const at of rows.keys()) counts.set(cellAt(at), (counts.get(cellAt(at)) ?? 0) + 1);

  if (figures.customers !== undefined) expect(rows.length).toBe(figures.customers);
  expect(rows.reduce((sum, { frequency }) => sum + (frequency as number), 0)).toBe(figures.frequency_total);
  expect(counts.get("555")).toBe(figures.n_555);
  expect(counts.get("111")).toBe(figures.n_111);
  expect(counts.size).toBe(figures.cells_used);
  for (const [cell, customers] of figures.top_cells ?? []) expect(counts.get(cell), cell).toBe(customers);
  for (const [customer, { recency_days, frequency, monetary, score }] of Object.entries(figures.examples)) {
    const at = rows.findIndex(({ tieKey }) => tieKey === customer);
    expect(rows[at], customer).toMatchObject({ recency: recency_days, frequency, monetary: cents(monetary) });
    expect(cellAt(at), customer).toBe(score);
  }
}

describeOnData(["berka"], "RFM of the Berka account owners", () =>
  test("has the published cells", () => {
    const { rfm } = publishedFigures<{ rfm: Figures }>("berka");
    const folder = publicData("berka");
    const owner = new Map(
      readTable(folder, "disp")
        .filter(({ type }) => type === "OWNER")
        .map(({ account_id, client_id }) => [account_id, client_id as string]),
    );
    const spent = readTable(folder, "trans").filter(
      ({ type, k_symbol, date }) =>
        type !== "PRIJEM" &&
        k_symbol !== "SLUZBY" &&
        k_symbol !== "SANKC. UROK" &&
        (date as string) > "1993-03-30" &&
        (date as string) <= "1994-03-30",
    );
    const purchases = spent.map(
      ({ account_id, date, amount }): Purchase => ({
        customer: owner.get(account_id) as string,
        date: date as string,
        cents: cents(amount as string),
      }),
    );
    expectFigures(
      population(purchases, "1994-03-30", dates => dates.length),
      rfm,
    );
  }),
);

describeOnData(["cdnow"], "RFM of the CDNOW customers", () =>
  test("has the published cells", () => {
    const { rfm_1998_06_30: figures } = publishedFigures<{ rfm_1998_06_30: Figures }>("cdnow");
    const purchases = readTable(publicData("cdnow"), "purchase").map(
      ({ customer_id, date, amount }): Purchase => ({
        customer: customer_id as string,
        date: date as string,
        cents: cents(amount as string),
      }),
    );
    expectFigures(
      population(purchases, "1998-06-30", dates => new Set(dates).size),
      figures,
    );
  }),
);
