import { cumulate } from "../draw.ts";

/** `salary`: usual net pay per month in whole currency units. */
export type Occupation = { readonly title: string; readonly salary: number; readonly weight: number };

export const occupations: readonly Occupation[] = [
  { title: "shop assistant", salary: 1650, weight: 10 },
  { title: "office clerk", salary: 2050, weight: 10 },
  { title: "nurse", salary: 2350, weight: 7 },
  { title: "teacher", salary: 2700, weight: 7 },
  { title: "driver", salary: 1900, weight: 6 },
  { title: "warehouse worker", salary: 1750, weight: 6 },
  { title: "electrician", salary: 2300, weight: 5 },
  { title: "cook", salary: 1700, weight: 5 },
  { title: "mechanic", salary: 2150, weight: 5 },
  { title: "accountant", salary: 2900, weight: 4 },
  { title: "software developer", salary: 3600, weight: 5 },
  { title: "engineer", salary: 3400, weight: 4 },
  { title: "sales representative", salary: 2600, weight: 4 },
  { title: "civil servant", salary: 2750, weight: 5 },
  { title: "police officer", salary: 2550, weight: 2 },
  { title: "cleaner", salary: 1450, weight: 4 },
  { title: "care worker", salary: 1800, weight: 4 },
  { title: "architect", salary: 3100, weight: 1 },
  { title: "physician", salary: 5200, weight: 2 },
  { title: "lawyer", salary: 4800, weight: 1 },
  { title: "manager", salary: 4600, weight: 3 },
];
export const occupationWeights = cumulate(occupations.map(occupation => occupation.weight));

export const employers: readonly string[] = [
  "Northport Municipality",
  "Lakeford Hospital Trust",
  "Harbour Logistics",
  "Eastbridge School Board",
  "Meridian Engineering",
  "Greenleaf Markets",
  "Bluewater Energy",
  "Stonefield Foods",
  "Atlas Construction",
  "Kestrel Software",
  "Orchard Insurance",
  "Westhaven Shipyard",
  "Silverline Transport",
  "Ashby Textiles",
  "Ministry of Finance",
  "Corner & Co Retail",
];
