import { GraphQLError, type GraphQLFormattedError } from "graphql";

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/**
 * Gives Apollo's own refusals the code they lack before the API's formatter sees them: a wrong persisted query has none and
 * would pass for a bug of ours, and a validation rule's own code is overwritten.
 */
export const withApolloCodes =
  (formatError: FormatError): FormatError =>
  (formatted, error) => {
    if (!(error instanceof GraphQLError)) return formatError(formatted, error);
    const { originalError } = error;
    if (originalError instanceof GraphQLError && originalError.extensions.code === "QUERY_TOO_COMPLEX")
      return formatError(coded(formatted, "QUERY_TOO_COMPLEX"), error);
    if (originalError === undefined && error.extensions.code === undefined && statusOf(error) === 400)
      return formatError(coded(formatted, "BAD_REQUEST"), error);
    return formatError(formatted, error);
  };

const coded = (formatted: GraphQLFormattedError, code: string): GraphQLFormattedError => ({
  ...formatted,
  extensions: { ...formatted.extensions, code },
});

const statusOf = ({ extensions: { http } }: GraphQLError): unknown =>
  typeof http === "object" && http !== null && "status" in http ? http.status : undefined;
