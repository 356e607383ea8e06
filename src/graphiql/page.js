// Plain JavaScript: the page needs the browser's types and React's, which nothing else here wants to install.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { startQueries } from "./startQueries.ts";

async function fetcher(request, { headers } = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(request),
  });
  return response.json();
}

const defaultTabs = startQueries.map(({ query }) => ({ query }));
createRoot(document.getElementById("graphiql")).render(createElement(GraphiQL, { fetcher, defaultTabs }));
