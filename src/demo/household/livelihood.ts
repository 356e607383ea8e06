import type { Draw } from "../draw.ts";
import type { Livelihood, Person } from "../person.ts";
import { employers, occupations, occupationWeights } from "../tables/occupations.ts";

/** What somebody of this age lives on, and the monthly net income in cents. */
export function livelihoodOf(
  draw: Draw,
  age: number,
  affluent: boolean,
  firms: readonly Person[],
): { readonly livelihood: Livelihood; readonly income: number } {
  if (age < 18) return { livelihood: { kind: "child" }, income: 0 };
  if (age >= 65 || (age >= 61 && draw.chance(400)))
    return { livelihood: { kind: "pensioner" }, income: draw.int(950, affluent ? 3400 : 2100) * 100 };
  if (age <= 24 && draw.chance(600)) return { livelihood: { kind: "student" }, income: draw.int(350, 900) * 100 };
  return employment(draw, age, affluent, firms);
}

export function employment(
  draw: Draw,
  age: number,
  affluent: boolean,
  firms: readonly Person[],
): { readonly livelihood: Livelihood; readonly income: number } {
  const { title, salary } = occupations[draw.weighted(occupationWeights)]!;
  const experience = 80 + Math.min(40, Math.max(0, age - 22));
  const cents = Math.floor((salary * experience * draw.int(88, 112) * (affluent ? 15 : 10)) / 1000);
  const company = firms.length > 0 && draw.chance(60) ? draw.pick(firms) : null;
  return {
    livelihood: {
      kind: "employed",
      occupation: title,
      employer: company === null ? draw.pick(employers) : firmName(company),
      company,
      payday: draw.chance(600) ? "month-end" : "15th",
      paidHere: company !== null || draw.chance(620),
    },
    income: cents,
  };
}

export const firmName = ({ family, livelihood }: Person): string =>
  livelihood.kind === "business" ? `${family.name} ${livelihood.trade}` : family.name;
