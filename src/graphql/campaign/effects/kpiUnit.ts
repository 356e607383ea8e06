import type { Kpi } from "../../../domain/campaign/campaign.ts";
import { standards } from "../../../intake/standards.ts";

/** In what the figures of a KPI are shown: its sums are kept as integers of the smallest part. */
export type KpiUnit = { readonly currency: string | null; readonly decimals: number };

export function kpiUnit({ code, measure }: Kpi): KpiUnit {
  if (measure.kind !== "sum") return { currency: null, decimals: 0 };
  const { form } = measure;
  if (form.kind === "decimal") return { currency: null, decimals: form.decimals };
  if (form.kind !== "money") throw new Error(`KPI ${code} adds up what is no number`);
  const decimals = standards.digitsOf(form.currency);
  // The door refuses such currencies, so that one met here is a bug.
  if (decimals === undefined) throw new Error(`no ISO 4217 currency: ${form.currency}`);
  return { currency: form.currency, decimals };
}
