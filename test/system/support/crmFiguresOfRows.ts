import type { CrmFigures } from "./crmFigures.ts";
import { countsBy } from "./exactSums.ts";
import { readTable, type Table } from "./tables.ts";

export type CrmTables = { readonly profile: Table; readonly complaint: Table; readonly call: Table };

export const readCrmTables = (folder: string): CrmTables => ({
  profile: readTable(folder, "profile"),
  complaint: readTable(folder, "complaint"),
  call: readTable(folder, "call"),
});

/** The same figures computed from the rows alone. */
export function crmFiguresOfRows({ profile, complaint, call }: CrmTables): CrmFigures {
  const clientOf = new Map(complaint.map(row => [row.complaint_id, row.client_id]));
  const perClient = countsBy(complaint, row => row.client_id!);
  const linked = call.filter(row => row.complaint_id !== "");
  const days = call.map(row => row.date!).sort();
  return {
    rows: { profile: profile.length, complaint: complaint.length, call: call.length },
    complaint_by_product: countsBy(complaint, row => row.product!),
    complaint_by_channel: countsBy(complaint, row => row.submitted_via!),
    complaint_by_year: countsBy(complaint, row => row.date_received!.slice(0, 4)),
    complaint_by_response: countsBy(complaint, row => row.response!),
    untimely: complaint.filter(row => row.timely === "No").length,
    clients_with_complaint: Object.keys(perClient).length,
    max_complaints_of_one_client: Math.max(...Object.values(perClient)),
    sent_before_received: complaint.filter(row => row.date_sent !== "" && row.date_sent! < row.date_received!).length,
    calls: {
      with_client: call.filter(row => row.client_id !== "").length,
      without_client: call.filter(row => row.client_id === "").length,
      linked_to_a_complaint: linked.length,
      client_differs_from_complaint: linked.filter(row => row.client_id !== clientOf.get(row.complaint_id)).length,
      by_outcome: countsBy(call, row => row.outcome || "Unknown"),
      service_seconds_total: call.reduce((sum, row) => sum + Number(row.service_seconds), 0),
      first: days[0] ?? "",
      last: days.at(-1) ?? "",
    },
  };
}
