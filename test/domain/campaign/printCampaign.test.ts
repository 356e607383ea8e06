import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCampaign } from "../../../src/domain/campaign/parse/parseCampaign.ts";
import { parseKpi } from "../../../src/domain/campaign/parse/parseKpi.ts";
import { parseOffer } from "../../../src/domain/campaign/parse/parseOffer.ts";
import { parsePolicy } from "../../../src/domain/campaign/parse/parsePolicy.ts";
import { printCampaign } from "../../../src/domain/campaign/print/printCampaign.ts";
import { printKpi } from "../../../src/domain/campaign/print/printKpi.ts";
import { printOffer } from "../../../src/domain/campaign/print/printOffer.ts";
import { printPolicy } from "../../../src/domain/campaign/print/printPolicy.ts";
import { standards } from "../../../src/intake/standards.ts";
import { surroundings } from "../segment/support/knownTags.ts";
import { anyCampaign, anyKpi, anyOffer, anyPolicy } from "./support/anyCampaign.ts";

const asJson = (outside: unknown): unknown => JSON.parse(JSON.stringify(outside));

test("a campaign that is printed reads as the same campaign", () => {
  fc.assert(
    fc.property(anyCampaign, campaign => {
      const printed = asJson(printCampaign(campaign, standards));
      expect(parseCampaign(printed, surroundings)).toEqual({ ok: true, value: campaign });
    }),
    { numRuns: 500 },
  );
});

test("so do policies, offers and KPIs", () => {
  fc.assert(
    fc.property(anyPolicy, anyOffer, anyKpi, (policy, offer, kpi) => {
      expect(parsePolicy(asJson(printPolicy(policy, standards)), surroundings)).toEqual({ ok: true, value: policy });
      expect(parseOffer(asJson(printOffer(offer, standards)), surroundings)).toEqual({ ok: true, value: offer });
      expect(parseKpi(asJson(printKpi(kpi, standards)), surroundings)).toEqual({ ok: true, value: kpi });
    }),
    { numRuns: 500 },
  );
});
