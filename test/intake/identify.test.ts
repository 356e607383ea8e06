import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CustomerId, EventId } from "../../src/domain/ids.ts";
import { customerIdOf, eventIdOf, idSecret } from "../../src/intake/identify.ts";

const secret = idSecret(Buffer.alloc(32, 1));
const other = idSecret(Buffer.alloc(32, 2));
const text = fc.string({ minLength: 1, unit: "grapheme" }).filter(value => !/\p{Cc}/u.test(value));

test("a customer's id is the first 130 bits of the keyed hash in base 32", () => {
  const digest = createHmac("sha256", Buffer.alloc(32, 1)).update("customer\0core\x001").digest();
  const bits = [...digest]
    .map(byte => byte.toString(2).padStart(8, "0"))
    .join("")
    .slice(0, 130);
  const expected = bits
    .match(/.{5}/g)!
    .map(five => "0123456789abcdefghjkmnpqrstvwxyz"[Number.parseInt(five, 2)])
    .join("");
  expect(customerIdOf(secret, { system: "core", id: "1" })).toBe(expected);
});

test("ids are well formed, repeat under one secret and differ under another", () => {
  fc.assert(
    fc.property(text, text, (system, id) => {
      const customer = customerIdOf(secret, { system, id });
      const event = eventIdOf(secret, system, id);
      expect(CustomerId.parse(customer)).toBe(customer);
      expect(EventId.parse(event)).toBe(event);
      expect(event).toMatch(/^.{14}8.{4}[89ab]/);
      expect(customerIdOf(secret, { system, id })).toBe(customer);
      expect(eventIdOf(secret, system, id)).toBe(event);
      expect(customerIdOf(other, { system, id })).not.toBe(customer);
      expect(eventIdOf(other, system, id)).not.toBe(event);
    }),
  );
});

test("two references never share an id because their parts run together", () => {
  expect(customerIdOf(secret, { system: "ab", id: "c" })).not.toBe(customerIdOf(secret, { system: "a", id: "bc" }));
  expect(eventIdOf(secret, "ab", "c")).not.toBe(eventIdOf(secret, "a", "bc"));
});
