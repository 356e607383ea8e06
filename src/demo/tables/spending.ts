import { cumulate } from "../draw.ts";

/** Who buys there at all. */
export type Taste = "anyone" | "driver" | "parent" | "pets" | "gambler" | "gamer" | "traveller" | "nightlife";

/**
 * What a card buys. `typical` in cents; `seasons` in tenths of an ordinary month, January first (default: the same all
 * year); `hours` from and to, UTC; `weekend` true where most of it happens from Friday to Sunday.
 */
export type SpendingCategory = {
  readonly mcc: string;
  readonly merchants: readonly string[];
  readonly typical: number;
  readonly weight: number;
  readonly seasons?: readonly number[];
  readonly hours: readonly [number, number];
  readonly weekend?: boolean;
  readonly taste?: Taste;
};

const christmas = [6, 7, 9, 10, 10, 9, 9, 9, 9, 10, 15, 22];
const summer = [6, 6, 8, 10, 12, 17, 21, 20, 12, 8, 6, 9];
const holidays = [7, 9, 8, 9, 9, 16, 24, 22, 9, 7, 5, 14];

export const spendingCategories: readonly SpendingCategory[] = [
  {
    mcc: "5411",
    merchants: ["Greenleaf Market", "Corner & Co", "Harbour Foods", "Freshway", "Daily Basket", "Superstore 24"],
    typical: 3450,
    weight: 240,
    hours: [7, 20],
  },
  {
    mcc: "5812",
    merchants: ["Trattoria Luna", "The Anchor", "Golden Wok", "Bistro Claire", "Curry House", "Zum Hirschen"],
    typical: 3800,
    weight: 70,
    hours: [11, 22],
    weekend: true,
  },
  {
    mcc: "5814",
    merchants: ["Burger Point", "Noodle Bar", "Kebab Corner", "Sandwich Lab"],
    typical: 1150,
    weight: 65,
    hours: [11, 22],
  },
  {
    mcc: "5813",
    merchants: ["The Red Lion", "Blue Note", "Tap Room"],
    typical: 1900,
    weight: 22,
    hours: [18, 23],
    weekend: true,
    taste: "nightlife",
  },
  {
    mcc: "5462",
    merchants: ["Baker Street Bakery", "Golden Crust", "Morning Loaf"],
    typical: 640,
    weight: 40,
    hours: [6, 15],
  },
  {
    mcc: "5499",
    merchants: ["Kiosk 12", "Station Mini Market", "Night & Day"],
    typical: 980,
    weight: 35,
    hours: [6, 23],
  },
  {
    mcc: "5541",
    merchants: ["Petrolia", "Highway Fuel", "Lakeford Service Station"],
    typical: 5600,
    weight: 60,
    seasons: [9, 9, 10, 10, 10, 11, 13, 12, 10, 10, 9, 10],
    hours: [6, 21],
    taste: "driver",
  },
  {
    mcc: "5542",
    merchants: ["Petrolia Automat", "Fuel & Go"],
    typical: 4900,
    weight: 25,
    hours: [5, 23],
    taste: "driver",
  },
  {
    mcc: "7523",
    merchants: ["City Parking", "Station Garage"],
    typical: 720,
    weight: 18,
    hours: [8, 20],
    taste: "driver",
  },
  { mcc: "4111", merchants: ["Northport Transit", "Metro Tickets"], typical: 520, weight: 45, hours: [6, 22] },
  { mcc: "4112", merchants: ["National Railways"], typical: 2700, weight: 14, seasons: holidays, hours: [6, 21] },
  { mcc: "4121", merchants: ["City Taxi", "RideNow"], typical: 1650, weight: 16, hours: [6, 23], weekend: true },
  {
    mcc: "5912",
    merchants: ["Eagle Pharmacy", "Lindt Pharmacy", "Health & Care"],
    typical: 1450,
    weight: 38,
    seasons: [14, 14, 12, 10, 9, 8, 8, 8, 9, 11, 13, 13],
    hours: [8, 18],
  },
  {
    mcc: "8011",
    merchants: ["Dr Weber", "Medical Centre East", "Dr Rossi"],
    typical: 4500,
    weight: 10,
    hours: [8, 16],
  },
  { mcc: "8021", merchants: ["Smile Dental", "Dental Practice Lund"], typical: 8800, weight: 6, hours: [8, 16] },
  {
    mcc: "5311",
    merchants: ["Kaufmann", "Grand Magasin", "Central Store"],
    typical: 5400,
    weight: 26,
    seasons: christmas,
    hours: [9, 19],
  },
  { mcc: "5331", merchants: ["Five & Dime", "Bazaar"], typical: 1300, weight: 18, seasons: christmas, hours: [9, 19] },
  {
    mcc: "5651",
    merchants: ["Nordwear", "Family Style", "Moda"],
    typical: 4900,
    weight: 30,
    seasons: [12, 8, 10, 11, 10, 10, 11, 9, 11, 11, 12, 16],
    hours: [9, 19],
  },
  { mcc: "5661", merchants: ["Shoe Box", "Walkwell"], typical: 7200, weight: 12, hours: [9, 19] },
  {
    mcc: "5732",
    merchants: ["Volt Electronics", "MegaByte", "Pixel Store"],
    typical: 13500,
    weight: 16,
    seasons: christmas,
    hours: [9, 20],
  },
  { mcc: "5712", merchants: ["Nordhome", "Wood & Linen"], typical: 16500, weight: 8, hours: [9, 19], weekend: true },
  { mcc: "5722", merchants: ["Kitchen World"], typical: 24000, weight: 4, hours: [9, 19] },
  {
    mcc: "5200",
    merchants: ["BuildIt", "Home & Garden Depot"],
    typical: 4800,
    weight: 18,
    seasons: [6, 7, 12, 15, 15, 13, 11, 10, 10, 9, 7, 5],
    hours: [8, 19],
    weekend: true,
  },
  {
    mcc: "5942",
    merchants: ["Page One Books", "Old Town Bookshop"],
    typical: 2150,
    weight: 12,
    seasons: christmas,
    hours: [9, 19],
  },
  {
    mcc: "5945",
    merchants: ["Toy Castle", "Brick & Play"],
    typical: 3300,
    weight: 16,
    seasons: christmas,
    hours: [9, 19],
    taste: "parent",
  },
  {
    mcc: "8299",
    merchants: ["Music School East", "Swim Academy"],
    typical: 9500,
    weight: 6,
    seasons: [10, 12, 8, 8, 8, 6, 2, 6, 24, 14, 8, 4],
    hours: [9, 17],
    taste: "parent",
  },
  {
    mcc: "5977",
    merchants: ["Belle Cosmetics", "Aroma"],
    typical: 2750,
    weight: 14,
    seasons: christmas,
    hours: [9, 19],
  },
  { mcc: "7230", merchants: ["Salon Rosa", "Barber Joe"], typical: 3400, weight: 20, hours: [9, 18] },
  { mcc: "5995", merchants: ["Pet Paradise", "Paws"], typical: 2900, weight: 22, hours: [9, 19], taste: "pets" },
  {
    mcc: "5992",
    merchants: ["Flora", "Tulip & Rose"],
    typical: 2600,
    weight: 8,
    seasons: [6, 18, 10, 10, 22, 9, 7, 7, 8, 9, 10, 12],
    hours: [9, 18],
  },
  { mcc: "5921", merchants: ["Vinothek", "Cellar 9"], typical: 2400, weight: 12, seasons: christmas, hours: [10, 20] },
  {
    mcc: "5941",
    merchants: ["Peak Sports", "Team Outfit"],
    typical: 5800,
    weight: 12,
    seasons: [14, 10, 10, 12, 12, 12, 10, 9, 9, 8, 9, 14],
    hours: [9, 19],
  },
  {
    mcc: "7997",
    merchants: ["FitClub", "Riverside Gym"],
    typical: 3990,
    weight: 14,
    seasons: [24, 14, 11, 10, 9, 8, 7, 7, 12, 10, 8, 6],
    hours: [7, 21],
  },
  { mcc: "7832", merchants: ["Cineplex", "Rex Cinema"], typical: 2200, weight: 16, hours: [15, 22], weekend: true },
  {
    mcc: "7922",
    merchants: ["Ticket Hall", "State Theatre"],
    typical: 6200,
    weight: 8,
    hours: [10, 22],
    weekend: true,
  },
  { mcc: "5816", merchants: ["GameHub"], typical: 1999, weight: 14, hours: [14, 23], taste: "gamer" },
  { mcc: "5818", merchants: ["AppMarket", "StreamFlix"], typical: 1099, weight: 24, hours: [8, 23] },
  {
    mcc: "7995",
    merchants: ["LuckyBet", "Casino Royal Online", "State Lottery"],
    typical: 4000,
    weight: 60,
    hours: [12, 23],
    weekend: true,
    taste: "gambler",
  },
  {
    mcc: "7011",
    merchants: ["Hotel Bellevue", "Seaside Resort", "Alpine Lodge", "City Inn"],
    typical: 21000,
    weight: 12,
    seasons: summer,
    hours: [8, 20],
    taste: "traveller",
  },
  {
    mcc: "4511",
    merchants: ["Aurora Air", "Continental Wings"],
    typical: 26000,
    weight: 10,
    seasons: holidays,
    hours: [7, 23],
    taste: "traveller",
  },
  {
    mcc: "4722",
    merchants: ["Sunway Travel", "Globe Tours"],
    typical: 64000,
    weight: 5,
    seasons: [14, 12, 12, 11, 13, 16, 15, 9, 6, 5, 5, 7],
    hours: [9, 18],
    taste: "traveller",
  },
  {
    mcc: "7512",
    merchants: ["DriveAway Rentals"],
    typical: 18000,
    weight: 4,
    seasons: summer,
    hours: [8, 19],
    taste: "traveller",
  },
  {
    mcc: "8398",
    merchants: ["Red Lantern Relief", "Children First"],
    typical: 2500,
    weight: 6,
    seasons: christmas,
    hours: [8, 22],
  },
  { mcc: "4829", merchants: ["SwiftRemit"], typical: 15000, weight: 5, hours: [8, 20] },
];

/** Cumulative weights of the categories for each month of the year, January first. */
export const monthlyCategoryWeights: readonly (readonly number[])[] = Array.from({ length: 12 }, (_, month) =>
  cumulate(spendingCategories.map(({ weight, seasons }) => weight * (seasons?.[month] ?? 10))),
);

/** The card purchases of an ordinary month in thousandths, January first. */
export const monthlyPurchases: readonly number[] = [880, 870, 950, 980, 1000, 1050, 1080, 1050, 970, 980, 1050, 1320];
