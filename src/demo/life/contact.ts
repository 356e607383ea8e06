import type { JsonObject } from "../../domain/json.ts";
import { dateText, dayOf, instantText, type Month, type Second } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { type Telling, tell } from "../telling.ts";
import { someTime } from "./monthAt.ts";

const complaints = [
  { product: "current-account", issue: "Unexpected fee" },
  { product: "current-account", issue: "Payment arrived late" },
  { product: "card", issue: "Card declined" },
  { product: "card", issue: "Unknown charge" },
  { product: "loan", issue: "Instalment taken twice" },
  { product: "app", issue: "Cannot log in" },
  { product: "savings", issue: "Interest lower than promised" },
];

/** Calls to the contact centre and complaints; one caller in twelve could not be identified. */
export function getInTouch(telling: Telling, { adults }: Household, month: Month): void {
  const { draw } = telling;
  for (const person of adults) {
    const at = someTime(draw, month, 8, 19);
    if (at <= person.registeredAt) continue;
    if (draw.chance(14)) call(telling, person, at, {});
    if (draw.chance(3)) complain(telling, person, at);
  }
}

function complain(telling: Telling, person: Person, at: Second): void {
  const { draw } = telling;
  const complaintId = `cmp-${person.ref.id}-${person.nextFact}`;
  const days = draw.int(1, 35);
  const received = dayOf(at);
  tell(
    telling,
    person,
    at,
    "crm",
    "complaint-recorded",
    {
      complaintId,
      ...draw.pick(complaints),
      channel: draw.pick(["web", "web", "phone", "branch", "post"]),
      receivedOn: dateText(received),
      ...(draw.chance(850)
        ? {
            answeredOn: dateText(received + days),
            response: draw.pick(["closed with explanation", "closed with compensation", "closed"]),
            timely: days <= 21,
          }
        : {}),
    },
    { actor: { kind: "person", id: `agent-${draw.int(1, 40)}` } },
  );
  if (draw.chance(350)) call(telling, person, at + draw.int(1, 8) * 3600, { complaintId, kind: "complaint" });
}

function call(telling: Telling, person: Person, at: Second, about: JsonObject): void {
  const { draw } = telling;
  const serviceSeconds = draw.int(25, 900);
  const agent = `agent-${draw.int(1, 40)}`;
  const data = {
    callId: `call-${person.ref.id}-${person.nextFact}`,
    startedAt: instantText(at),
    endedAt: instantText(at + serviceSeconds),
    serviceSeconds,
    priority: draw.pick(["1", "1", "2"]),
    kind: draw.pick(["inquiry", "inquiry", "card", "technical"]),
    outcome: draw.pick(["solved", "solved", "solved", "transferred", "call-back", "hang-up"]),
    agent,
    ...about,
  };
  const unknown = !("complaintId" in about) && draw.chance(1, 12);
  tell(telling, person, at, "contact-centre", "call-recorded", data, {
    actor: { kind: "person", id: agent },
    ...(unknown ? { subject: { unattributed: true } } : {}),
  });
}
