import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { BerkaTables } from "./berkaFiguresOfRows.ts";
import type { CrmTables } from "./crmFiguresOfRows.ts";
import { type Row, type Table, writeTable } from "./tables.ts";

/*
 * Another extract of the same two systems: a third of the accounts under other ids (odd account numbers, padded client
 * numbers, letters elsewhere), optional cells blank, rows and columns in another order, columns nobody knows.
 */
const accountId = (id: string): string => String(Number(id) + 20_001);
const clientId = (id: string): string => `00${Number(id) + 50_000}`;
const complaintId = (id: string): string => id && `X/${id}`;

/** One row in `every` of a table, chosen by position. */
const each =
  (every: number, at = 0) =>
  (index: number): boolean =>
    index % every === at;

/** The row with these cells empty. */
const blank = (row: Row, when: boolean, ...columns: readonly string[]): Row =>
  when ? { ...row, ...Object.fromEntries(columns.map(column => [column, ""])) } : row;

export function otherBerka(real: BerkaTables): BerkaTables {
  const accounts = new Set(real.account.filter((_, index) => each(3)(index)).map(row => row.account_id!));
  const disp = real.disp.filter(row => accounts.has(row.account_id!));
  const disps = new Set(disp.map(row => row.disp_id!));
  const clients = new Set(disp.map(row => row.client_id!));
  const ofAccounts = (table: Table) => table.filter(row => accounts.has(row.account_id!));
  const account = (row: Row) => accountId(row.account_id!);
  return {
    account: ofAccounts(real.account).map(row => ({ ...row, account_id: account(row) })),
    client: real.client
      .filter(row => clients.has(row.client_id!))
      .map((row, n) => blank({ ...row, client_id: clientId(row.client_id!) }, each(7)(n), "birth_date", "sex")),
    disp: disp.map(row => ({
      ...row,
      disp_id: `D-${row.disp_id}`,
      client_id: clientId(row.client_id!),
      account_id: account(row),
    })),
    card: real.card
      .filter(row => disps.has(row.disp_id!))
      .map(row => ({ ...row, card_id: `K${row.card_id}`, disp_id: `D-${row.disp_id}` })),
    loan: ofAccounts(real.loan).map((row, n) =>
      blank({ ...row, loan_id: `L${row.loan_id}`, account_id: account(row) }, each(4)(n), "duration", "payments"),
    ),
    order: ofAccounts(real.order).map((row, n) =>
      blank({ ...row, order_id: `${row.order_id}-A`, account_id: account(row) }, each(5)(n), "k_symbol", "bank_to"),
    ),
    trans: ofAccounts(real.trans)
      .map(row => ({ ...row, trans_id: `T${row.trans_id}`, account_id: account(row) }))
      .map((row, n) => blank(row, each(6)(n), "k_symbol", "operation"))
      .map((row, n) => blank(row, each(5, 2)(n), "balance", "bank")),
  };
}

/** The CRM's extract for the customers of `otherBerka`, and for some of whom only the CRM knows. */
export function otherCrm(real: CrmTables, berka: BerkaTables): CrmTables {
  const kept = new Set(berka.client.map(row => row.client_id!));
  const inCrm = (id: string, n: number) => kept.has(clientId(id)) || each(100)(n);
  const clients = new Set(real.profile.filter((row, n) => inCrm(row.client_id!, n)).map(row => row.client_id!));
  const client = (row: Row) => row.client_id && clientId(row.client_id);
  return {
    profile: real.profile
      .filter(row => clients.has(row.client_id!))
      .filter((_, n) => !each(9)(n))
      .map((row, n) => blank({ ...row, client_id: client(row)! }, each(4)(n), "middle", "email", "city")),
    complaint: real.complaint
      .filter(row => clients.has(row.client_id!))
      .map(row => ({ ...row, client_id: client(row)!, complaint_id: complaintId(row.complaint_id!) }))
      .map((row, n) => blank(row, each(8)(n), "sub_product", "issue", "submitted_via"))
      .map((row, n) => blank(row, each(10)(n), "date_sent", "response", "timely")),
    call: real.call
      .filter((row, n) => (row.client_id === "" ? each(2)(n) : clients.has(row.client_id!)))
      .map(row => ({ ...row, client_id: client(row)!, complaint_id: complaintId(row.complaint_id!) }))
      .map((row, n) => blank(row, each(5)(n), "call_id", "priority", "outcome"))
      .map((row, n) => blank(row, each(15)(n), "agent")),
  };
}

/** Writes the extract into a new folder: some files plain, some gzipped, some with the line ends of another system. */
export function writeOtherExtract(folder: string, tables: Readonly<Record<string, Table>>): string {
  mkdirSync(folder);
  for (const [index, [name, table]] of Object.entries(tables).entries())
    writeTable(folder, name, shuffled(table).map(otherColumns), {
      gzip: each(3)(index),
      lineEnd: each(2)(index) ? "\n" : "\r\n",
      lastLineEnd: each(4)(index),
    });
  return folder;
}

const shuffled = (table: Table): Table =>
  table
    .map(row => ({ row, place: createHash("sha256").update(JSON.stringify(row)).digest("hex") }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ row }) => row);

const otherColumns = (row: Row, index: number): Row => ({
  batch_no: `n° ${index}, "late"`,
  ...Object.fromEntries(Object.entries(row).reverse()),
});
