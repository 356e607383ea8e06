import { pino } from "pino";
import { onTestFinished } from "vitest";
import { formatError } from "../../../../src/graphql/errors.ts";
import { createHttpServer, type HttpServerOptions } from "../../../../src/graphql/server/createHttpServer.ts";
import type { Intake } from "../../../../src/intake/fact.ts";
import { createScopes, tunedLibrarySchema } from "./library.ts";

const noIntake: Intake = {
  submit: () => Promise.reject(new Error("this test sends no facts")),
  settle: () => Promise.reject(new Error("this test settles nothing")),
};

/** A running server over the library schema on a free port, closed when the test ends. */
export async function startServer(options: Partial<HttpServerOptions> = {}) {
  const scopes = createScopes();
  const server = createHttpServer({
    schema: tunedLibrarySchema(),
    createContext: scopes.create,
    intake: noIntake,
    formatError,
    readiness: async () => ({ ready: true, position: "42", head: "42", lag: 0 }),
    graphiqlDir: null,
    logger: pino({ level: "silent" }),
    production: false,
    ...options,
  });
  const url = await server.listen("127.0.0.1", 0);
  onTestFinished(() => server.close());
  const ask = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get("content-type"), text, json: JSON.parse(text) };
  };
  return { url, ask, scopes, close: server.close };
}
