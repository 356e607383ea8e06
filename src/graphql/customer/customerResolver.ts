import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type {
  Account,
  Attribute,
  Card,
  Consent,
  Holding,
  Identity,
  Loan,
  Preference,
  StandingOrder,
} from "../../projections/customer/customer.ts";
import type { Degraded } from "../../projections/readModels.ts";
import { AccountConnection } from "../account/accountType.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { AttributeConnection, AttributeType, PreferenceConnection } from "./attributeType.ts";
import { CardConnection } from "./cardType.ts";
import { ConsentConnection } from "./consentType.ts";
import type { CustomerNode } from "./customerNode.ts";
import { CustomerType, DegradationType } from "./customerType.ts";
import { HoldingConnection } from "./holdingType.ts";
import { IdentityConnection } from "./identityType.ts";
import { LoanConnection } from "./loanType.ts";
import { StandingOrderConnection } from "./standingOrderType.ts";

@Resolver(() => CustomerType)
export class CustomerResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { customerId }: CustomerNode): string {
    return globalId("Customer", customerId);
  }

  @FieldResolver(() => AttributeType, {
    nullable: true,
    description: "One attribute by name; null when it is not known.",
  })
  attribute(
    @Root() { customer }: CustomerNode,
    @Arg("name", () => String, { description: "The attribute's name." }) name: string,
  ): Attribute | null {
    return Object.hasOwn(customer.attributes, name) ? customer.attributes[name]! : null;
  }

  @FieldResolver(() => AttributeConnection, { description: "What is known of the customer, by name." })
  attributes(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Attribute> {
    return embeddedPage(`attributes:${customer.id}`, customer.attributes, ({ name }) => name, paging);
  }

  @FieldResolver(() => IdentityConnection, { description: "The ids by which upstream systems know the customer." })
  identities(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Identity> {
    return embeddedPage(
      `identities:${customer.id}`,
      customer.identities,
      ({ system, id }) => JSON.stringify([system, id]),
      paging,
    );
  }

  @FieldResolver(() => AccountConnection, { description: "The accounts the customer holds." })
  accounts(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Account> {
    return embeddedPage(`accounts:${customer.id}`, customer.accounts, ({ ref }) => ref, paging);
  }

  @FieldResolver(() => HoldingConnection, {
    description: "What the customer holds of instruments such as funds and shares.",
  })
  holdings(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Holding> {
    return embeddedPage(
      `holdings:${customer.id}`,
      customer.holdings,
      ({ account, instrument }) => JSON.stringify([account, instrument]),
      paging,
    );
  }

  @FieldResolver(() => CardConnection, { description: "The customer's cards." })
  cards(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Card> {
    return embeddedPage(`cards:${customer.id}`, customer.cards, ({ cardId }) => cardId, paging);
  }

  @FieldResolver(() => LoanConnection, { description: "The customer's loans." })
  loans(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Loan> {
    return embeddedPage(`loans:${customer.id}`, customer.loans, ({ loanId }) => loanId, paging);
  }

  @FieldResolver(() => StandingOrderConnection, { description: "The customer's standing orders." })
  standingOrders(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<StandingOrder> {
    return embeddedPage(`standingOrders:${customer.id}`, customer.standingOrders, ({ orderId }) => orderId, paging);
  }

  @FieldResolver(() => PreferenceConnection, { description: "What the customer asked for, by name." })
  preferences(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Preference> {
    return embeddedPage(`preferences:${customer.id}`, customer.preferences, ({ name }) => name, paging);
  }

  @FieldResolver(() => ConsentConnection, { description: "What the customer allows, per channel and purpose." })
  consents(@Root() { customer }: CustomerNode, @Args(() => PagingArgs) paging: PagingArgs): Page<Consent> {
    return embeddedPage(
      `consents:${customer.id}`,
      customer.consents,
      ({ channel, purpose }) => JSON.stringify([channel, purpose]),
      paging,
    );
  }
}

@Resolver(() => DegradationType)
export class DegradationResolver {
  @FieldResolver()
  event(@Root() { position }: Degraded, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
