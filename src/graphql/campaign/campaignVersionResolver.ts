import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { CampaignState, Said } from "../../domain/campaign/campaignCatalogue.ts";
import { describeCampaign } from "../../domain/campaign/describe/describeCampaign.ts";
import type { OutsideCampaign } from "../../domain/campaign/outside.ts";
import { printCampaign } from "../../domain/campaign/print/printCampaign.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import { standards } from "../../intake/standards.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import type { CampaignVersionStatus } from "./campaignEnums.ts";
import type { CampaignVersionNode } from "./campaignNode.ts";
import { CampaignVersionType } from "./campaignVersionType.ts";
import { CampaignCourseStepType, CampaignStepType } from "./stepType.ts";
import { versionStatus } from "./versionStatus.ts";

@Resolver(() => CampaignVersionType)
export class CampaignVersionResolver {
  @FieldResolver()
  status(@Root() { version, approved, ended, campaignState }: CampaignVersionNode): CampaignVersionStatus {
    return versionStatus(version, approved, ended, campaignState.versions);
  }

  @FieldResolver()
  definition(@Root() { definition }: CampaignVersionNode): OutsideCampaign {
    return printCampaign(definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { definition }: CampaignVersionNode): string {
    return describeCampaign(definition, standards);
  }
}

@Resolver(() => CampaignStepType)
export class CampaignStepResolver {
  @FieldResolver()
  event(@Root() { position }: Said, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}

@Resolver(() => CampaignCourseStepType)
export class CampaignCourseStepResolver {
  @FieldResolver()
  step(@Root() step: CampaignState["course"][number]): Said {
    return step;
  }
}
