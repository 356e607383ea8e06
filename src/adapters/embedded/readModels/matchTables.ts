import type Database from "better-sqlite3";
import { type MatchValue, pairsAmong } from "../../../projections/identity/matching.ts";
import type { ProposalRow, RejectionRow } from "../../../projections/identity/proposals.ts";
import type { CustomerChange, ReadModelChanges } from "../../../projections/readModelStore.ts";
import type { SessionReads } from "../../../projections/readSession.ts";
import { anInteger, type Query } from "./query.ts";
import { bothWays, highest, lowest } from "./ranges.ts";
import { type MergeColumns, mergeColumns, mergeOf } from "./readModelRows.ts";

export const matchSchema = `
CREATE TABLE match_values (
  digest TEXT NOT NULL, customer INTEGER NOT NULL, rule TEXT NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY (digest, customer)
) WITHOUT ROWID;
CREATE TABLE match_pairs (
  first INTEGER NOT NULL, second INTEGER NOT NULL, digest TEXT NOT NULL, rule TEXT NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY (first, second, digest)
) WITHOUT ROWID;
CREATE INDEX match_pairs_by_digest ON match_pairs (digest);
CREATE TABLE match_rejections (
  customer INTEGER NOT NULL, other TEXT NOT NULL, digest TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (customer, other, digest)
) WITHOUT ROWID;
CREATE INDEX match_rejections_by_position ON match_rejections (position);
CREATE TABLE matching (id INTEGER PRIMARY KEY CHECK (id = 1), policy TEXT NOT NULL);
INSERT INTO matching VALUES (1, '');
`;

/** Writes what customers can be matched by; pairs follow from who has a value once all of the commit is in. */
export function matchWriter(database: Database.Database): (changes: ReadModelChanges) => void {
  const add = database.prepare("INSERT OR REPLACE INTO match_values VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM match_values WHERE digest = ? AND customer = ?");
  const holders = database.prepare("SELECT customer, rule, since FROM match_values WHERE digest = ? LIMIT ?").raw();
  const dropPairs = database.prepare("DELETE FROM match_pairs WHERE digest = ?");
  const addPair = database.prepare("INSERT INTO match_pairs VALUES (?, ?, ?, ?, ?)");
  const reject = database.prepare("INSERT OR REPLACE INTO match_rejections VALUES (?, ?, ?, ?)");
  const dropRejections = database.prepare("DELETE FROM match_rejections WHERE customer = ?");
  const putPolicy = database.prepare("UPDATE matching SET policy = ? WHERE id = 1");

  const writeRejections = ({ row, before, after }: CustomerChange): void => {
    if (before?.rejections === after.rejections) return;
    dropRejections.run(row);
    for (const { customer, values, position } of Object.values(after.rejections ?? {}))
      for (const digest of values.length === 0 ? [""] : values) reject.run(row, customer, digest, position);
  };

  return ({ customers, matching }) => {
    const touched = new Set<string>();
    for (const change of customers) {
      writeRejections(change);
      for (const { digest } of change.matches?.removed ?? []) {
        remove.run(digest, change.row);
        touched.add(digest);
      }
      for (const { digest, rule, since } of change.matches?.added ?? []) {
        add.run(digest, change.row, rule, since);
        touched.add(digest);
      }
    }
    if (matching === undefined) return;
    putPolicy.run(matching.text);
    for (const digest of [...touched].sort()) {
      const found = holders.all(digest, matching.sharedByAtMost + 1) as [number, string, number][];
      dropPairs.run(digest);
      const values = found.map(([row, rule, since]): MatchValue & { row: number } => ({ digest, row, rule, since }));
      for (const pair of pairsAmong(values, matching.sharedByAtMost))
        addPair.run(pair.first, pair.second, digest, pair.rule, pair.since);
    }
  };
}

type Reads = Pick<SessionReads, "openProposals" | "proposalOf" | "rejectedProposals" | "approvedProposals">;

/** A value that was rejected for the two is no reason any more. */
const standing = `NOT EXISTS (SELECT 1 FROM match_rejections r WHERE r.digest = p.digest
  AND ((r.customer = p.first AND r.other = b.id) OR (r.customer = p.second AND r.other = a.id)))`;
const from = `FROM match_pairs p JOIN customers a ON a.row = p.first JOIN customers b ON b.row = p.second`;
const columns =
  "p.first, p.second, a.id, b.id, json_group_array(json_object('digest', p.digest, 'rule', p.rule, 'since', p.since))";
const openSql = bothWays(
  order => `SELECT ${columns} ${from}
    WHERE (p.first, p.second) > (?, ?) AND (p.first, p.second) < (?, ?) AND ${standing}
    GROUP BY p.first, p.second ORDER BY p.first ${order}, p.second ${order} LIMIT ${anInteger}`,
);
const oneSql = `SELECT ${columns} ${from} WHERE p.first = ? AND p.second = ? AND ${standing} GROUP BY p.first, p.second`;
const rowSql = "SELECT row FROM customers WHERE id = ?";
const rejectedSql = bothWays(
  order => `SELECT DISTINCT r.position, c.id, r.other FROM match_rejections r JOIN customers c ON c.row = r.customer
    WHERE r.position > ? AND r.position < ? ORDER BY r.position ${order} LIMIT ${anInteger}`,
);
const approvedSql = bothWays(
  order => `SELECT ${mergeColumns} FROM merges WHERE proposal_id IS NOT NULL AND position > ? AND position < ?
    ORDER BY position ${order} LIMIT ${anInteger}`,
);

type ProposalColumns = [number, number, ProposalRow["customers"][0], ProposalRow["customers"][1], string];

export function matchReads({ first: one, all }: Query): Reads {
  const proposal = ([first, second, a, b, values]: ProposalColumns): ProposalRow => ({
    first,
    second,
    customers: [a, b],
    values: (JSON.parse(values) as MatchValue[]).sort((a, b) => (a.digest < b.digest ? -1 : 1)),
  });
  return {
    openProposals: ({ after, before, direction, limit }) =>
      all<ProposalColumns>(
        openSql[direction],
        after?.first ?? lowest,
        after?.second ?? lowest,
        before?.first ?? highest,
        before?.second ?? highest,
        limit,
      ).map(proposal),
    proposalOf: (a, b) => {
      const rows = [a, b].map(id => one<[number]>(rowSql, id)?.[0] ?? -1).sort((x, y) => x - y);
      const found = one<ProposalColumns>(oneSql, ...rows);
      return found === null ? null : proposal(found);
    },
    rejectedProposals: ({ after = lowest, before = highest, direction, limit }) =>
      all<[number, RejectionRow["customers"][0], RejectionRow["customers"][1]]>(
        rejectedSql[direction],
        after,
        before,
        limit,
      ).map(([position, customer, other]) => ({ position, customers: [customer, other] })),
    approvedProposals: ({ after = lowest, before = highest, direction, limit }) =>
      all<MergeColumns>(approvedSql[direction], after, before, limit).map(mergeOf),
  };
}
