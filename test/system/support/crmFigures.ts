/** The figures of the CRM data that need no tag and no segment, as its `expected.json` names them. */
export type CrmFigures = {
  readonly rows: { readonly profile: number; readonly complaint: number; readonly call: number };
  readonly complaint_by_product: Readonly<Record<string, number>>;
  readonly complaint_by_channel: Readonly<Record<string, number>>;
  readonly complaint_by_year: Readonly<Record<string, number>>;
  readonly complaint_by_response: Readonly<Record<string, number>>;
  readonly untimely: number;
  readonly clients_with_complaint: number;
  readonly max_complaints_of_one_client: number;
  readonly sent_before_received: number;
  readonly calls: {
    readonly with_client: number;
    readonly without_client: number;
    readonly linked_to_a_complaint: number;
    readonly client_differs_from_complaint: number;
    readonly by_outcome: Readonly<Record<string, number>>;
    readonly service_seconds_total: number;
    readonly first: string;
    readonly last: string;
  };
};
