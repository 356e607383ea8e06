import { v7 as uuidv7 } from "uuid";
import type { Fault } from "../domain/fault.ts";
import { CustomerId, customerStream } from "../domain/ids.ts";
import type { Sensitivity } from "../domain/tag/definition.ts";
import { assignedEvent } from "./applyProposal.ts";
import { readAssignedValue } from "./assignedValue.ts";
import { derivedEventId } from "./derivedEventId.ts";
import { invalid, type ManualTagDoor } from "./manualTagDoor.ts";
import type { ManualTagCommand, ManualTagOutcome } from "./manualTags.ts";
import { expiryIn } from "./matchAssignments.ts";

/** What tags of these say takes effect only once a second person has looked. */
const needSecondPerson: readonly Sensitivity[] = ["confidential", "restricted"];

/** Sets one customer's value at once. */
export async function assignTag(
  command: Extract<ManualTagCommand, { kind: "assign" }>,
  door: ManualTagDoor,
): Promise<ManualTagOutcome> {
  const { actor, customer, requestId } = command;
  const { now, standards, reader, writer } = door;
  const definition = await door.definitionOf(command.code, ["manual"]);
  if ("message" in definition) return definition;
  const { code, type, sensitivity } = definition;
  if (needSecondPerson.includes(sensitivity))
    return {
      kind: "secondPersonNeeded",
      message: `${code} is ${sensitivity}: propose the value, for a second person to approve it`,
    };
  const faults: Fault[] = [];
  const eventId =
    requestId === null
      ? derivedEventId("tag-assigned", uuidv7())
      : derivedEventId("tag-assigned", code, actor.kind, actor.id, requestId);
  const [before = null] = requestId === null ? [] : await reader.findById([eventId]);
  // A retry is judged by the clock of the first try, so that it is the same to the byte.
  const occurredAt = before?.occurredAt ?? now();
  const expiresAt = expiryIn(command.expiresAt, occurredAt, faults);
  const value = readAssignedValue(command.value, type, standards);
  if (!value.ok) return invalid([...faults, ...value.refusal]);
  if (faults.length > 0) return invalid(faults);
  const customerId =
    "customerId" in customer ? CustomerId.parse(customer.customerId) : door.customerOf(customer.system, customer.id);
  if (customerId === null || !writer.streamExists(customerStream(customerId)))
    return { kind: "unknownCustomer", message: "no customer is known by this id; nothing was set" };
  const by = { eventId, occurredAt, actor, correlationId: null };
  const events = [assignedEvent(code, { value: value.value, expiresAt }, by)];
  const [outcome] = writer.append(
    [{ writes: [{ stream: customerStream(customerId), expected: "exists", events }] }],
    now(),
  );
  if (outcome?.kind === "appended" || outcome?.kind === "duplicate")
    return { kind: "assigned", customerId, position: outcome.last };
  if (outcome?.kind !== "idReused") throw new Error(`the log does not take an assignment: ${outcome?.kind}`);
  return {
    kind: "requestIdReused",
    position: outcome.position,
    message: `this request id set something else before, at position ${outcome.position}`,
  };
}
