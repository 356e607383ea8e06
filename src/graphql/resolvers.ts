import { AccountEntriesResolver } from "./account/accountEntriesResolver.ts";
import { AccountResolver } from "./account/accountResolver.ts";
import { BalancePointResolver } from "./account/balancePointResolver.ts";
import { BalanceResolver } from "./account/balanceResolver.ts";
import { TransactionResolver } from "./account/transactionResolver.ts";
import { CampaignDependentResolver, CampaignMutations } from "./campaign/campaignMutations.ts";
import { CampaignQueries } from "./campaign/campaignQueries.ts";
import { CampaignKpiResolver, CampaignResolver } from "./campaign/campaignResolver.ts";
import {
  CampaignCourseStepResolver,
  CampaignStepResolver,
  CampaignVersionResolver,
} from "./campaign/campaignVersionResolver.ts";
import { ContactResolver, ContactsResolver } from "./campaign/contact/contactsResolver.ts";
import {
  ConsentEvidenceResolver,
  DecisionCauseResolver,
  DecisionResolver,
} from "./campaign/decision/decisionResolver.ts";
import { DecisionsResolver } from "./campaign/decision/decisionsResolver.ts";
import { EffectSubscription } from "./campaign/effects/effectSubscription.ts";
import { CampaignEffectsResolver } from "./campaign/effects/effectsResolver.ts";
import { DecisionSubscription } from "./campaign/feed/decisionSubscription.ts";
import { ProgressResolver } from "./campaign/progress/progressResolver.ts";
import { ReceiptsResolver } from "./campaign/receipts/receiptsResolver.ts";
import { FactTypeResolver } from "./catalogue/factTypeResolver.ts";
import { accountOf } from "./customer/accountOf.ts";
import { AttributeType, PreferenceType } from "./customer/attributeType.ts";
import { CardType } from "./customer/cardType.ts";
import { ConsentType } from "./customer/consentType.ts";
import { CustomerCount, CustomerQueries } from "./customer/customerQueries.ts";
import { CustomerResolver, DegradationResolver } from "./customer/customerResolver.ts";
import { HoldingType } from "./customer/holdingType.ts";
import { IdentityType } from "./customer/identityType.ts";
import { LoanType } from "./customer/loanType.ts";
import { provenanceOf } from "./customer/provenanceOf.ts";
import { RelationshipsResolver } from "./customer/relationshipsResolver.ts";
import { StandingOrderType } from "./customer/standingOrderType.ts";
import { TimelineEntryResolver, TimelineResolver } from "./customer/timelineResolver.ts";
import { EventResolver } from "./event/eventResolver.ts";
import { ProvenanceResolver } from "./event/provenanceResolver.ts";
import { CustomerIdentityResolver, CustomerMergeResolver } from "./identity/customerMergeResolver.ts";
import { MergeMutations } from "./identity/mergeMutations.ts";
import { MergeProposalResolver } from "./identity/mergeProposalResolver.ts";
import { FactAcceptedResolver, FactDuplicateResolver } from "./intake/factOutcomeResolver.ts";
import { RecordFactsResolver } from "./intake/recordFactsResolver.ts";
import { LogResolver } from "./log/logResolver.ts";
import { MoneyResolver } from "./money/moneyResolver.ts";
import { NodeResolver } from "./node/nodeResolver.ts";
import { OfferMutations } from "./offer/offerMutations.ts";
import { OfferQueries } from "./offer/offerQueries.ts";
import { OfferResolver, OfferVersionResolver } from "./offer/offerResolver.ts";
import { OfferScoresResolver } from "./offer/offerScoresResolver.ts";
import { OperationsResolver, RebuildResolver, VerificationResolver } from "./operations/operationsResolver.ts";
import { RetryResolver } from "./operations/retryResolver.ts";
import { PolicyMutations } from "./policy/policyMutations.ts";
import { PolicyQueries } from "./policy/policyQueries.ts";
import { PolicyResolver, PolicyVersionResolver } from "./policy/policyResolver.ts";
import { PolicyReplayResolver } from "./policy/replay/policyReplayResolver.ts";
import { DataSourceResolver, QualityResolver } from "./quality/qualityResolver.ts";
import { QuarantineResolver } from "./quarantine/quarantineResolver.ts";
import { SettleResolver } from "./quarantine/settleResolver.ts";
import { AccountPartyResolver } from "./relationship/accountPartyResolver.ts";
import { RelationshipResolver } from "./relationship/relationshipResolver.ts";
import { CustomerSegmentsResolver } from "./segment/customer/customerSegmentsResolver.ts";
import {
  CustomerSegmentResolver,
  RelatedTruthResolver,
  SegmentExplanationResolver,
  SegmentRuleNodeResolver,
} from "./segment/customer/explanationResolver.ts";
import { CustomerChangesResolver } from "./segment/customer/segmentChangesResolver.ts";
import { FeedSubscription } from "./segment/feed/feedSubscription.ts";
import { SegmentChangeResolver } from "./segment/feed/segmentChangeResolver.ts";
import { SnapshotQuery } from "./segment/feed/snapshotQuery.ts";
import {
  SegmentLineageNodeResolver,
  SegmentLineageResolver,
  TagSegmentsResolver,
} from "./segment/lineage/lineageResolver.ts";
import { MembersResolver } from "./segment/members/membersResolver.ts";
import { PreviewQueries, SegmentPreviewResolver } from "./segment/preview/previewQueries.ts";
import { PreviewResolver } from "./segment/preview/previewResolver.ts";
import { RehearsalQueries, RehearsalResolver } from "./segment/preview/rehearsalResolver.ts";
import { SegmentDependentResolver, SegmentMutations } from "./segment/segmentMutations.ts";
import { SegmentQueries } from "./segment/segmentQueries.ts";
import { SegmentResolver } from "./segment/segmentResolver.ts";
import { SegmentStepResolver, SegmentVersionResolver } from "./segment/segmentVersionResolver.ts";
import { CustomerTagsResolver } from "./tag/customerTagsResolver.ts";
import { CustomerTagResolver, ExplanationResolver, RelatedTagValueResolver } from "./tag/explanationResolver.ts";
import { LineageNodeResolver, LineageResolver } from "./tag/lineage/lineageResolver.ts";
import { ManualMutations } from "./tag/manual/manualMutations.ts";
import { ProposalItemResolver, ProposalResolver, ProposalsResolver } from "./tag/manual/proposalResolver.ts";
import { EventRestatementResolver, RestatementResolver } from "./tag/restatement/restatementResolver.ts";
import { TagHistoryResolver } from "./tag/tagHistoryResolver.ts";
import { TagDependentResolver, TagMutations } from "./tag/tagMutations.ts";
import { TagQueries } from "./tag/tagQueries.ts";
import { TagResolver } from "./tag/tagResolver.ts";
import { TagStepResolver, TagVersionResolver } from "./tag/tagVersionResolver.ts";

const traced = [
  AttributeType,
  IdentityType,
  PreferenceType,
  ConsentType,
  HoldingType,
  CardType,
  LoanType,
  StandingOrderType,
];
const products = [HoldingType, CardType, LoanType, StandingOrderType];

export const resolvers = [
  NodeResolver,
  CustomerQueries,
  CustomerCount,
  CustomerResolver,
  DegradationResolver,
  TimelineResolver,
  TimelineEntryResolver,
  RelationshipsResolver,
  RelationshipResolver,
  AccountResolver,
  AccountEntriesResolver,
  AccountPartyResolver,
  BalanceResolver,
  BalancePointResolver,
  TransactionResolver,
  MoneyResolver,
  EventResolver,
  ProvenanceResolver,
  FactTypeResolver,
  QualityResolver,
  DataSourceResolver,
  QuarantineResolver,
  SettleResolver,
  RecordFactsResolver,
  FactAcceptedResolver,
  FactDuplicateResolver,
  LogResolver,
  OperationsResolver,
  RebuildResolver,
  VerificationResolver,
  RetryResolver,
  CustomerIdentityResolver,
  CustomerMergeResolver,
  MergeMutations,
  MergeProposalResolver,
  TagQueries,
  TagMutations,
  TagDependentResolver,
  TagResolver,
  ManualMutations,
  ProposalsResolver,
  ProposalResolver,
  ProposalItemResolver,
  EventRestatementResolver,
  RestatementResolver,
  LineageResolver,
  LineageNodeResolver,
  TagVersionResolver,
  TagStepResolver,
  CustomerTagsResolver,
  CustomerTagResolver,
  TagHistoryResolver,
  ExplanationResolver,
  RelatedTagValueResolver,
  FeedSubscription,
  SegmentChangeResolver,
  SegmentQueries,
  SegmentMutations,
  SegmentDependentResolver,
  SegmentResolver,
  SegmentVersionResolver,
  SegmentStepResolver,
  MembersResolver,
  SegmentLineageResolver,
  SegmentLineageNodeResolver,
  TagSegmentsResolver,
  PreviewQueries,
  SegmentPreviewResolver,
  PreviewResolver,
  RehearsalQueries,
  RehearsalResolver,
  CustomerSegmentsResolver,
  CustomerSegmentResolver,
  SegmentExplanationResolver,
  SegmentRuleNodeResolver,
  RelatedTruthResolver,
  CustomerChangesResolver,
  SnapshotQuery,
  CampaignQueries,
  CampaignMutations,
  CampaignDependentResolver,
  CampaignResolver,
  CampaignEffectsResolver,
  EffectSubscription,
  CampaignKpiResolver,
  CampaignVersionResolver,
  CampaignStepResolver,
  CampaignCourseStepResolver,
  ProgressResolver,
  DecisionsResolver,
  DecisionResolver,
  DecisionCauseResolver,
  ConsentEvidenceResolver,
  ContactsResolver,
  ContactResolver,
  ReceiptsResolver,
  DecisionSubscription,
  PolicyQueries,
  PolicyMutations,
  PolicyResolver,
  PolicyReplayResolver,
  PolicyVersionResolver,
  OfferQueries,
  OfferMutations,
  OfferResolver,
  OfferVersionResolver,
  OfferScoresResolver,
  ...traced.map(type => provenanceOf(() => type)),
  ...products.map(type => accountOf(() => type)),
] as const;
