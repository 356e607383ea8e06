import { batchMediaType } from "../graphql/server/batchHandler.ts";
import type { Intake } from "../intake/fact.ts";
import { IntakeTimeout } from "../intake/intakeTimeout.ts";
import { CliFailure } from "./fail.ts";

const callMs = 60_000;

/** One GraphQL operation on a running server. Throws CliFailure with the server's own words. */
export async function askServer<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const answer = await post(`${url}/graphql`, "application/json", JSON.stringify({ query, variables }));
  const { data, errors } = (await answer.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors !== undefined || data === undefined)
    throw new CliFailure(
      `the server at ${url} answered: ${errors?.map(({ message }) => message).join("; ") ?? answer.status}`,
    );
  return data;
}

/** Waits until a running server answers of what the log holds up to a position; false when the time is over first. */
export async function waitForServer(url: string, position: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  const query = "query ($position: Position!) { customers(first: 1, minPosition: $position) { totalCount } }";
  const body = JSON.stringify({ query, variables: { position: String(position) } });
  while (performance.now() < deadline) {
    const answer = await post(`${url}/graphql`, "application/json", body);
    const { errors } = (await answer.json()) as { errors?: { message: string; extensions?: { code?: string } }[] };
    if (errors === undefined) return true;
    if (errors[0]?.extensions?.code !== "POSITION_NOT_REACHED")
      throw new CliFailure(`the server at ${url} answered: ${errors.map(({ message }) => message).join("; ")}`);
  }
  return false;
}

/**
 * The door of a running server: the same batches, over HTTP. One after the other, since requests may overtake each other and facts
 * count on those before them; so nothing is sent any more once one has failed.
 */
export function createRemoteIntake(url: string): Pick<Intake, "submit"> {
  const send: Intake["submit"] = async (batch, context) => {
    const answer = await post(`${url}/facts/batch`, batchMediaType, JSON.stringify({ batch, context }));
    const body = (await answer.json()) as { outcomes?: never; message?: string };
    if (answer.status === 503) throw new IntakeTimeout(body.message ?? "the server is not able to take facts now");
    if (body.outcomes === undefined)
      throw new CliFailure(`the server at ${url} answered ${answer.status}: ${body.message}`);
    return body.outcomes;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    submit: (batch, context) => {
      const mine = last.then(() => send(batch, context));
      last = mine;
      return mine;
    },
  };
}

async function post(url: string, contentType: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
      signal: AbortSignal.timeout(callMs),
    });
  } catch (error) {
    throw new CliFailure(`the server at ${url} cannot be reached: ${(error as Error).message}`);
  }
}
