import type { Month } from "../calendar.ts";
import type { Household } from "../person.ts";
import { type Telling, tell } from "../telling.ts";
import { isSilent } from "./income.ts";
import { someTime } from "./monthAt.ts";

const pages = [
  "accounts",
  "accounts",
  "accounts",
  "transactions",
  "transactions",
  "cards",
  "savings",
  "loan-calculator",
  "mortgages",
  "travel-insurance",
  "funds",
  "help",
];

/** Sessions in the app: a login and the pages seen, under one correlation id; told by the app under its own number. */
export function browse(telling: Telling, { adults, children }: Household, month: Month): void {
  const { draw, parameters } = telling;
  for (const person of [...adults, ...children]) {
    const { enrolledAt, appSubject: subject } = person;
    if (enrolledAt === null || isSilent(person, month)) continue;
    const sessions = draw.count(Math.floor((parameters.activity * 1300) / 1000));
    for (let session = 0; session < sessions; session++) {
      const at = someTime(draw, month, 6, 22);
      if (at <= enrolledAt) continue;
      const extra = { subject, correlationId: `session-${person.ref.id}.${person.nextFact}` };
      const device = draw.pick(["android", "android", "ios", "ios", "web"]);
      tell(telling, person, at, "app", "behaviour-observed", { name: "login", properties: { device } }, extra);
      for (let seen = draw.int(0, 2), time = at; seen > 0; seen--) {
        const seconds = draw.int(3, 180);
        time += draw.int(4, 20);
        const properties = { page: draw.pick(pages), seconds };
        tell(telling, person, time, "app", "behaviour-observed", { name: "page.viewed", properties }, extra);
        time += seconds;
      }
    }
  }
}
