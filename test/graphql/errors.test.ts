import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { StorageFailure } from "../../src/domain/eventLog.ts";
import { formatError } from "../../src/graphql/errors.ts";
import * as facts from "./support/facts.ts";
import { testBank } from "./support/testBank.ts";

const formatted = (error: GraphQLError) => formatError(error.toJSON(), error);

describe("an error leaves", () => {
  test("a broken store with its stable code and what to do", () => {
    const cause = new StorageFailure("STORAGE_FULL", "the disk is full: make room and retry");
    const error = new GraphQLError(cause.message, { originalError: cause, path: ["customer"] });
    expect(formatted(error)).toEqual({
      message: "the disk is full: make room and retry",
      path: ["customer"],
      extensions: { code: "STORAGE_FULL" },
    });
  });

  test("an intake that took too long as INTAKE_TIMEOUT", () => {
    const cause = Object.assign(new Error("outcome unknown: send the same facts again"), { name: "IntakeTimeout" });
    expect(formatted(new GraphQLError(cause.message, { originalError: cause }))).toEqual({
      message: "outcome unknown: send the same facts again",
      extensions: { code: "INTAKE_TIMEOUT" },
    });
  });

  test("a bug without its message or stack", () => {
    const cause = new Error("connect postgres://admin:secret@db");
    const error = new GraphQLError(cause.message, {
      originalError: cause,
      extensions: { code: "INTERNAL_SERVER_ERROR", stacktrace: ["at secret.ts:1"] },
    });
    expect(formatted(error)).toEqual({
      message: expect.stringContaining("Something went wrong on our side"),
      extensions: { code: "INTERNAL" },
    });
  });

  test("a mistake in the query with the code Apollo gave it", () => {
    const error = new GraphQLError('Cannot query field "x"', { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
    expect(formatted(error)).toEqual({
      message: 'Cannot query field "x"',
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    });
  });
});

describe("a read that fails is an error and never an empty answer", () => {
  const corrupt = () => {
    throw new StorageFailure("STORAGE_CORRUPT", "page 7 is damaged: restore the backup");
  };

  test("when the read models are damaged", async () => {
    const { readModels } = testBank().backend;
    const bank = testBank({ readModels: { ...readModels, open: corrupt } });
    const { data, errors } = await bank.query(
      `{ customer(identity: { system: "core", id: "ada" }) { id } account(system: "a", id: "b") { ref } }`,
    );
    expect(data).toEqual({ customer: null, account: null });
    expect(errors?.map(({ path, message }) => [path, message])).toEqual([
      [["customer"], "page 7 is damaged: restore the backup"],
      [["account"], "page 7 is damaged: restore the backup"],
    ]);
  });

  test("when the log is damaged under a list", async () => {
    const whole = testBank();
    await whole.record(facts.registered("ada", "2024-01-01"));
    const bank = testBank({ ...whole.backend, log: { ...whole.backend.log, read: corrupt, readAt: corrupt } });
    const { data, errors } = await bank.query("{ events { nodes { id } } }");
    expect(data).toBeNull();
    expect(errors?.[0]?.path).toEqual(["events"]);
    const nested = await bank.query("{ customers { nodes { timeline { nodes { type event { id } } } } } }");
    expect(nested.data).toBeNull();
    expect(nested.errors?.[0]?.message).toBe("page 7 is damaged: restore the backup");
  });
});
