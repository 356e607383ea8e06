import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The GraphiQL page as static files without any outside address: `vite build -c src/graphiql/vite.config.ts`. */
export default defineConfig({
  root: here("."),
  base: "./",
  build: {
    outDir: here("../../dist/graphiql"),
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
    // Inlined workers and fonts would need a looser content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // "use client" at the top of React libraries means nothing in a page without a server.
      onwarn: (warning, show) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") show(warning);
      },
    },
  },
  worker: { format: "es" },
});
