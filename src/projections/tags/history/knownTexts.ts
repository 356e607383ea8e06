/**
 * Texts that nearly every customer's history holds: they are stored as their place in this list, one byte for the first 32
 * and two for the others. Only ever add at the end: the places are part of the stored form.
 */
export const knownTexts: readonly string[] = [
  ...["account", "amount.minorUnits", "amount.currency", "direction", "balanceAfter.minorUnits"],
  ...["balanceAfter.currency", "sequence", "operation", "purpose", "mcc", "merchant", "cardId", "credit", "debit"],
  ...["transaction-posted", "behaviour-observed", "balance-reported", "balance.minorUnits", "balance.currency"],
  ...["name", "channel", "campaignId", "contactId", "status", "CZK", "EUR", "USD", "from", "kind", "relationshipId"],
  ...["customer", "value", "transaction-reversed", "identity-linked", "customer-registered"],
  ...["customer-attributes-changed", "account-opened", "account-closed", "holding-changed", "card-issued"],
  ...["card-status-changed", "loan-granted", "loan-status-changed", "standing-order-set", "standing-order-ended"],
  ...["preference-set", "consent-granted", "consent-withdrawn", "relationship-established", "relationship-ended"],
  ...["incoming:relationship-established", "incoming:relationship-ended", "complaint-recorded", "call-recorded"],
  ...["campaign-contacted", "delivery-reported", "campaign-responded", "identity-merged", "identity-split"],
  ...["tag-assigned", "score-reported", "system", "id", "primary", "product", "currency", "reason", "instrument"],
  ...["quantity", "value.minorUnits", "value.currency", "loanId", "principal.minorUnits", "principal.currency"],
  ...["payment.minorUnits", "payment.currency", "durationMonths", "orderId", "frequency", "counterparty", "evidence"],
  ...["offerId", "variant", "response", "outcome", "complaintId", "receivedOn", "issue", "topic", "model"],
  ...["modelVersion", "score", "tag", "expiresAt", "proposalId", "properties.page", "properties.seconds"],
  ...["attributes.firstName", "attributes.lastName", "attributes.birthDate", "attributes.gender"],
  ...["attributes.district", "attributes.region", "attributes.country", "attributes.language", "attributes.segment"],
  ...["attributes.branch", "attributes.email", "attributes.phone", "attributes.city", "attributes.occupation"],
  ...["attributes.income", "attributes.status", "attributes.customerType", "active", "blocked", "closed"],
  ...["card", "transfer", "cash", "email", "sms", "push", "phone", "web", "app", "branch", "mail", "marketing"],
  ...["service", "spouse", "owner", "disponent", "guarantor", "employer", "parent", "child", "GBP", "CHF", "PLN"],
];
