import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readDefinitions } from "../../../src/cli/readDefinitions.ts";
import { readSegments } from "../../../src/cli/readSegments.ts";
import { parseSegment } from "../../../src/domain/segment/parse/parseSegment.ts";
import { printSegment } from "../../../src/domain/segment/print/printSegment.ts";
import type { Referable } from "../../../src/domain/tag/check/checkTags.ts";
import { standards } from "../../../src/intake/standards.ts";
import { shippedFields } from "../tag/shippedFields.ts";

test.each(readdirSync("examples").filter(name => readdirSync(`examples/${name}`).includes("segments.json")))(
  "the segments of examples/%s read against the tags beside them, and print back",
  name => {
    const tags = readDefinitions([`examples/${name}/tags.json`]);
    const segments = readSegments([`examples/${name}/segments.json`]);
    if (!tags.ok || !segments.ok) throw new Error(JSON.stringify([tags, segments]));
    const byCode = new Map(tags.value.map(({ definition }) => [definition.code, definition]));
    const tag = (code: Parameters<typeof byCode.get>[0]): Referable => {
      const definition = byCode.get(code);
      if (definition !== undefined) return { kind: "usable", definition };
      return { kind: "unusable", code: "unknown-tag", message: `there is no tag ${code}` };
    };
    const surroundings = { standards, fields: shippedFields, tag };
    for (const { json } of segments.value) {
      const parsed = parseSegment(json, surroundings);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal, null, 1));
      expect(parseSegment(printSegment(parsed.value, standards), surroundings)).toEqual(parsed);
    }
  },
);
