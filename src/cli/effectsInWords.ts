/* What a campaign changed, as a page of text: lines of at most about 120 characters, figures rounded for reading. */

export type Money = { readonly amount: string; readonly currency: string };
type Interval = { readonly from: number; readonly to: number };
type Refusal = { readonly message: string };
type Funnel = {
  readonly customers: number;
  readonly reached: number;
  readonly decided: number;
  readonly sends: number;
  readonly withheld: number;
  readonly deferred: number;
  readonly contacts: number;
  readonly sent: number;
  readonly delivered: number;
  readonly bounced: number;
  readonly opened: number;
  readonly clicked: number;
  readonly unsubscribed: number;
  readonly responses: readonly { readonly response: string; readonly count: number }[];
  readonly costs: readonly Money[];
  readonly saved: readonly { readonly gate: string; readonly contacts: number; readonly costs: readonly Money[] }[];
};
type Outcome = {
  readonly kpi: string;
  readonly n: number;
  readonly converted: number;
  readonly total: string;
  readonly mean: number | null;
};
type Kpi = {
  readonly code: string;
  readonly name: string;
  readonly measure: "CONVERSION" | "COUNT" | "SUM";
  readonly currency: string | null;
};
type Lift = {
  readonly kpi: string;
  readonly arm: string;
  readonly variant: string | null;
  readonly figures: {
    readonly treated: Outcome;
    readonly control: Outcome;
    readonly absolute: number;
    readonly interval: Interval | null;
    readonly relative: { readonly value: number; readonly interval: Interval | null } | null;
    readonly p: number | null;
    readonly incremental: number;
    readonly incrementalInterval: Interval | null;
    readonly verdict: string;
  } | null;
  readonly refusal: Refusal | null;
  readonly returnOnCost: {
    readonly incrementalMargin: number;
    readonly cost: Money;
    readonly roi: number | null;
  } | null;
};
export type PrintedEffects = {
  readonly position: string;
  readonly at: string;
  readonly version: number;
  readonly kpis: readonly Kpi[];
  readonly awaitedKpis: readonly string[];
  readonly failed: number;
  readonly excluded: number;
  readonly windowEnded: boolean;
  readonly state: string | null;
  readonly refusal: Refusal | null;
  readonly funnel: Funnel;
  readonly unassigned: number;
  readonly arms: readonly {
    readonly arm: string;
    readonly isControl: boolean;
    readonly funnel: Funnel;
    readonly outcomes: readonly Outcome[];
  }[];
  readonly channels: readonly { readonly channel: string | null; readonly funnel: Funnel }[];
  readonly breakdown: readonly { readonly name: string; readonly lifts: readonly Lift[] }[];
  readonly lifts: readonly Lift[];
  readonly sampleRatio: { readonly chiSquare: number; readonly p: number; readonly warning: string | null } | null;
};

const money = "{ amount currency }";
const funnel = `funnel {
  customers reached decided sends withheld deferred contacts sent delivered bounced opened clicked unsubscribed
  responses { response count } costs ${money} saved { gate contacts costs ${money} }
}`;
const outcome = "{ kpi n converted total mean }";
const lifts = `lifts {
  kpi arm variant refusal { message }
  figures {
    treated ${outcome} control ${outcome} absolute interval { from to } relative { value interval { from to } } p
    incremental incrementalInterval { from to } verdict
  }
  returnOnCost { incrementalMargin cost ${money} roi }
}`;
/** The part of `CampaignEffects` that is printed. */
export const printedEffects = `position at version kpis { code name measure currency } awaitedKpis failed excluded windowEnded state refusal { message }
  ${funnel} unassigned arms { arm isControl ${funnel} outcomes ${outcome} } channels { channel ${funnel} }
  breakdown { name ${lifts} } ${lifts} sampleRatio { chiSquare p warning }`;

/** The page, line by line. */
export function effectsInWords(effects: PrintedEffects): readonly string[] {
  const { kpis, state, refusal, arms, unassigned, sampleRatio, failed, excluded, awaitedKpis, breakdown } = effects;
  const kpiOf = (code: string): Kpi => kpis.find(kpi => kpi.code === code)!;
  const lines = (of: readonly Lift[]) => of.flatMap(lift => liftLines(lift, kpiOf(lift.kpi)));
  const several = breakdown.filter(part => part.lifts.some(({ figures }) => figures !== null));
  return [
    `As of ${effects.at}, position ${effects.position}, by version ${effects.version}: ${stateInWords(state, effects.windowEnded)}`,
    ...(failed === 0 ? [] : [`Without ${customers(failed)} of whom it cannot be told what the campaign did.`]),
    ...(excluded === 0 ? [] : [`Left out: ${customers(excluded)}.`]),
    ...awaitedKpis.map(code => `${code} is still being counted.`),
    "",
    ...funnelLines(effects.funnel),
    ...(unassigned === 0 ? [] : [`  of these in no arm: ${count(unassigned)}`]),
    "",
    "Arms",
    ...arms.flatMap(({ arm, isControl, funnel: of, outcomes }) => [
      `  ${arm}${isControl ? " (control)" : ""}: ${count(of.customers)} assigned, ${count(of.reached)} reached${costs(of)}`,
      ...outcomes.map(each => `    ${each.kpi}: ${outcomeInWords(each, kpiOf(each.kpi))}`),
    ]),
    "",
    "Lift over the control, with 95 % intervals",
    ...(refusal === null ? lines(effects.lifts) : [`  none: ${refusal.message}`]),
    ...several.flatMap(({ name, lifts: of }) => ["", `Members of ${name}`, ...lines(of)]),
    ...(sampleRatio === null
      ? []
      : ["", `Sizes of the arms: chi-square ${figure(sampleRatio.chiSquare)}, p ${chance(sampleRatio.p)}`]),
    ...(sampleRatio?.warning == null ? [] : [`  WARNING: ${sampleRatio.warning}`]),
    ...savedLines(effects.funnel),
  ];
}

function stateInWords(state: string | null, windowEnded: boolean): string {
  if (state === null) return "without a control";
  if (state === "COLLECTING") return windowEnded ? "collecting" : "collecting, no outcome window has ended";
  return `${state.toLowerCase()} than the control`.replace("inconclusive than the control", "inconclusive");
}

function funnelLines(of: Funnel): readonly string[] {
  const steps = [
    ["met", of.customers],
    ["decided", of.decided],
    ["held", of.deferred],
    ["to be sent", of.sends],
    ["withheld", of.withheld],
    ["contacted elsewhere", of.contacts],
    ["sent", of.sent],
    ["bounced", of.bounced],
    ["delivered", of.delivered],
    ["opened", of.opened],
    ["clicked", of.clicked],
    ["unsubscribed", of.unsubscribed],
    ...of.responses.map(({ response, count: times }) => [`answered ${response}`, times] as const),
  ] as const;
  const told = steps
    .filter(([, times]) => times > 0)
    .map(([name, times]) => `  ${name.padEnd(22)} ${count(times).padStart(9)}`);
  return ["Funnel", ...told];
}

const outcomeInWords = ({ n, converted, total, mean }: Outcome, { measure, currency }: Kpi): string => {
  if (measure === "CONVERSION") return `${count(converted)} of ${count(n)}${mean === null ? "" : `, ${percent(mean)}`}`;
  const unit = currency === null ? "" : ` ${currency}`;
  return `${amount(total)}${unit} of ${count(converted)} customers${mean === null ? "" : `, ${figure(mean)}${unit} a head`}`;
};

function liftLines(
  { kpi, arm, variant, figures, refusal, returnOnCost }: Lift,
  { measure, currency }: Kpi,
): readonly string[] {
  const name = `  ${kpi}, ${arm}${variant === null ? "" : ` ${variant}`}`;
  if (figures === null) return [`${name}: ${refusal?.message ?? "no lift"}`];
  const { absolute, interval, relative, p, incremental, incrementalInterval, verdict } = figures;
  const isRate = measure === "CONVERSION";
  const scaled = (value: number) => (isRate ? `${signed(value * 100)}` : signed(value));
  const unit = isRate ? " points" : `${currency === null ? "" : ` ${currency}`} a head`;
  const more = isRate ? "customers" : (currency ?? "in all");
  return [
    `${name}: ${scaled(absolute)}${unit}${between(interval, scaled)}, p ${p === null ? "-" : chance(p)}, ${verdict.toLowerCase()}`,
    ...(relative === null
      ? []
      : [`    relative ${signed(relative.value * 100)} %${between(relative.interval, value => signed(value * 100))}`]),
    `    brought about ${signed(incremental)} ${more}${between(incrementalInterval, signed)}`,
    ...(returnOnCost === null
      ? []
      : [
          `    margin ${figure(returnOnCost.incrementalMargin)} ${returnOnCost.cost.currency} for a cost of ${inMoney(returnOnCost.cost)}${returnOnCost.roi === null ? "" : `: return on cost ${signed(returnOnCost.roi * 100)} %`}`,
        ]),
  ];
}

function savedLines({ saved }: Funnel): readonly string[] {
  if (saved.length === 0) return [];
  const lines = [...saved]
    .sort((a, b) => b.contacts - a.contacts)
    .map(
      ({ gate, contacts, costs: of }) =>
        `  ${gate.toLowerCase().replaceAll("_", " ").padEnd(22)} ${count(contacts).padStart(9)}${of.map(one => `  ${inMoney(one)}`).join("")}`,
    );
  return ["", "Not sent, by the gate that stopped it, and what that saved", ...lines];
}

const costs = ({ costs: of }: Funnel): string => (of.length === 0 ? "" : `, cost ${of.map(inMoney).join(" and ")}`);
const inMoney = ({ amount: of, currency }: Money): string => `${amount(of)} ${currency}`;
/** An exact amount, with commas. */
const amount = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
const customers = (value: number): string => `${count(value)} ${value === 1 ? "customer" : "customers"}`;
const count = (value: number): string => value.toLocaleString("en");
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const figure = (value: number): string =>
  value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = (value: number): string => `${value < 0 ? "-" : "+"}${figure(Math.abs(value))}`;
const chance = (p: number): string => (p < 0.0001 ? "below 0.0001" : p.toFixed(4));
const between = (interval: Interval | null, show: (value: number) => string): string =>
  interval === null ? "" : ` [${show(interval.from)}, ${show(interval.to)}]`;
