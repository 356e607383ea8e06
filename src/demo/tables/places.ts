import { cumulate } from "../draw.ts";

/** Invented towns of one invented country, so that nobody looks for a real branch. */
export type Place = { readonly city: string; readonly district: string; readonly weight: number };

export const places: readonly Place[] = [
  { city: "Northport", district: "Harbour", weight: 14 },
  { city: "Northport", district: "Old Town", weight: 12 },
  { city: "Northport", district: "University", weight: 9 },
  { city: "Northport", district: "Hillside", weight: 8 },
  { city: "Eastbridge", district: "Centre", weight: 9 },
  { city: "Eastbridge", district: "Riverside", weight: 7 },
  { city: "Eastbridge", district: "Mill Quarter", weight: 5 },
  { city: "Lakeford", district: "Lakeside", weight: 6 },
  { city: "Lakeford", district: "Station", weight: 5 },
  { city: "Westhaven", district: "Docks", weight: 5 },
  { city: "Westhaven", district: "Gardens", weight: 4 },
  { city: "Stonefield", district: "Market", weight: 4 },
  { city: "Ashby", district: "Village", weight: 3 },
  { city: "Millbrook", district: "Village", weight: 3 },
  { city: "Upper Vale", district: "Valley", weight: 2 },
  { city: "Saltmarsh", district: "Coast", weight: 2 },
  { city: "Pinewood", district: "Forest", weight: 2 },
];
export const placeWeights = cumulate(places.map(place => place.weight));
export const languages: readonly { readonly code: string; readonly weight: number }[] = [
  { code: "en", weight: 70 },
  { code: "de", weight: 12 },
  { code: "fr", weight: 7 },
  { code: "cs", weight: 4 },
  { code: "es", weight: 4 },
  { code: "zh", weight: 3 },
];
export const languageWeights = cumulate(languages.map(language => language.weight));
