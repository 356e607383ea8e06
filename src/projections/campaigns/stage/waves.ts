import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { Decision } from "../../../domain/decision/decision.ts";
import type { NewEvent, RecordedEvent } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import type { Members } from "../../segments/columns/query/around.ts";
import type { Moment } from "../../tags/evaluation/evaluateTag.ts";
import { campaignEventId } from "../campaignEventId.ts";
import { numberKey } from "../campaignTables.ts";
import type { PendingEvent } from "../pendingRows.ts";
import type { PendingEvents } from "./pendingEvents.ts";
import type { ReadyCampaign } from "./readyCampaigns.ts";
import type { RowBuffer } from "./rowBuffer.ts";
import { dueWave, nextWave, waveSchedule } from "./waveTimes.ts";

/** What the log says of one wave. */
export type WaveRecord = {
  readonly campaignId: CampaignId;
  /** When it was due. */
  readonly at: Instant;
  readonly version: number;
  readonly startedAt: Instant;
  /** Members of the audience then. */
  readonly size: number;
  readonly finishedAt: Instant | null;
  /** Decisions made; null while it goes on. */
  readonly decided: number | null;
};

/** An audience as it was when the wave began, and how far it has been worked through. */
type Wave = {
  readonly at: Instant;
  readonly size: number;
  nextRow: number;
  decided: number;
  readonly bits: Uint8Array;
};
type Progress = Omit<Wave, "bits">;

/** Audiences that are decided about one customer after the other, in slices. */
export type Waves = {
  readonly hear: (event: RecordedEvent) => void;
  /** When the next wave of any of these is due after an instant; null where none is. */
  readonly nextDue: (campaigns: Iterable<ReadyCampaign>, after: Instant) => Instant | null;
  /** Begins what is due by now. */
  readonly begin: (campaign: ReadyCampaign, moment: Moment) => void;
  /**
   * Hands over one member after the other until `enough` says stop; true where there are more. `bring` is told of those to come;
   * `decide` says whether a decision was made.
   */
  readonly advance: (
    campaign: ReadyCampaign,
    moment: Moment,
    bring: (rows: readonly number[]) => void,
    decide: (row: number, wave: Instant) => boolean,
    enough: () => boolean,
  ) => boolean;
  readonly underway: (id: CampaignId) => boolean;
  readonly drop: (id: CampaignId) => void;
};

export function createWaves(rows: RowBuffer, pending: PendingEvents): Waves {
  const records = new Map<CampaignId, Map<Instant, WaveRecord>>();
  const waves = new Map<CampaignId, Wave>();
  /** Begun here, though the log may not tell of it yet. */
  const begun = new Map<CampaignId, Instant>();
  for (const { stream, event } of pending.stored)
    if (event.type === "campaign-wave-started")
      begun.set(stream.slice("wave-".length) as CampaignId, (event.data as { readonly at: Instant }).at);

  /** Of each campaign's newest wave, decisions that are in the log: all there is to know of a wave that was lost with the read models. */
  const heard = new Map<CampaignId, { readonly at: Instant; decisions: number }>();
  const hearDecision = ({ campaignId, cause }: Pick<Decision, "campaignId" | "cause">): void => {
    if (cause.kind !== "wave") return;
    const known = heard.get(campaignId);
    if (known?.at === cause.at) known.decisions += 1;
    else if (known === undefined || known.at < cause.at) heard.set(campaignId, { at: cause.at, decisions: 1 });
  };

  const complained = new Map<CampaignId, Instant>();

  const keep = (record: WaveRecord): void => {
    const known = records.get(record.campaignId);
    if (known === undefined) records.set(record.campaignId, new Map([[record.at, record]]));
    else known.set(record.at, record);
  };
  for (const { text } of rows.stored("waveLog")) keep(JSON.parse(text) as WaveRecord);
  for (const { key, text } of rows.stored("wave")) {
    if (key.endsWith("/members")) continue;
    const id = key as CampaignId;
    const members = rows.get("wave", `${key}/members`) ?? "";
    waves.set(id, { ...(JSON.parse(text) as Progress), bits: new Uint8Array(Buffer.from(members, "base64")) });
  }

  const write = (id: CampaignId, { at, size, nextRow, decided }: Wave): void =>
    rows.put("wave", id, JSON.stringify({ at, size, nextRow, decided } satisfies Progress));
  const drop = (id: CampaignId): void => {
    if (!waves.delete(id)) return;
    rows.put("wave", id, null);
    rows.put("wave", `${id}/members`, null);
  };

  /** The last wave that began, or the instant before which none can have been due. */
  const reached = ({ state, definition }: ReadyCampaign): Instant => {
    const { id, start } = definition;
    let last = begun.get(id) ?? Number.NEGATIVE_INFINITY;
    // One that began and is not under way was lost with the read models: it begins again, and comes to those it did not come to.
    for (const { at, finishedAt } of records.get(id)?.values() ?? [])
      if (at > last && (finishedAt !== null || pending.underway(campaignEventId("campaign-wave-finished", id, at))))
        last = at;
    if (last > Number.NEGATIVE_INFINITY) return last;
    // A single wave whose time has passed when the campaign is started is due at once; of recurring ones those to come.
    return start.kind === "once" ? Number.NEGATIVE_INFINITY : waveSchedule(definition).after(state.started?.at ?? 0);
  };

  return {
    hear: event => {
      const { type, stream, data, recordedAt } = event;
      if (type === "campaign-decided") hearDecision(data as unknown as Decision);
      if (type !== "campaign-wave-started" && type !== "campaign-wave-finished") return;
      const campaignId = stream.slice("wave-".length) as CampaignId;
      const { at } = data as { readonly at: Instant };
      const known = records.get(campaignId)?.get(at);
      const record: WaveRecord | undefined =
        type === "campaign-wave-started"
          ? {
              ...(data as Pick<WaveRecord, "at" | "version" | "size">),
              ...{ campaignId, startedAt: recordedAt, finishedAt: null, decided: null },
            }
          : known && { ...known, finishedAt: recordedAt, decided: (data as { readonly decided: number }).decided };
      if (record === undefined) return;
      keep(record);
      rows.put("waveLog", `${campaignId}/${numberKey(at)}`, JSON.stringify(record));
    },
    nextDue: (campaigns, after) => {
      let earliest: Instant | null = null;
      for (const campaign of campaigns) {
        const { definition, state } = campaign;
        if (state.status !== "running" || waves.has(definition.id)) continue;
        const next = nextWave(waveSchedule(definition), Math.max(after, reached(campaign)));
        if (next !== null && (earliest === null || next < earliest)) earliest = next;
      }
      return earliest;
    },
    begin: (campaign, { at: now }) => {
      const { id } = campaign.definition;
      if (campaign.state.status !== "running" || waves.has(id)) return;
      const due = dueWave(waveSchedule(campaign.definition), reached(campaign), now);
      if (due === null) return;
      const members = campaign.audience.members();
      // Loud, and tried again with the next fact: nobody is left out because somebody could not be told.
      if (typeof members === "string") {
        if (complained.get(id) !== due) console.error(`c360: the wave of ${id} cannot begin: ${members}`);
        complained.set(id, due);
        return;
      }
      const before = heard.get(id);
      const decided = before?.at === due ? before.decisions : 0;
      const wave: Wave = { at: due, size: members.count, nextRow: 0, decided, bits: trimmed(members) };
      waves.set(id, wave);
      begun.set(id, due);
      write(id, wave);
      rows.put("wave", `${id}/members`, Buffer.from(wave.bits).toString("base64"));
      // One that begins again is told of already: the event would not come back.
      if (records.get(id)?.has(due)) return;
      pending.add(waveEvent(id, "campaign-wave-started", now, { at: due, version: campaign.version, size: wave.size }));
    },
    advance: (campaign, { at: now }, bring, decide, enough) => {
      const { id } = campaign.definition;
      const wave = waves.get(id);
      if (wave === undefined || campaign.state.status !== "running") return false;
      const end = wave.bits.length * 8;
      let more = true;
      let brought = 0;
      while (more && !enough()) {
        const row = nextMember(wave.bits, wave.nextRow);
        more = row < end;
        if (!more) break;
        if (row >= brought) {
          const rows = membersFrom(wave.bits, row);
          bring(rows);
          brought = (rows.at(-1) as number) + 1;
        }
        wave.nextRow = row + 1;
        if (decide(row, wave.at)) wave.decided += 1;
      }
      if (more) {
        write(id, wave);
        return true;
      }
      drop(id);
      pending.add(waveEvent(id, "campaign-wave-finished", now, { at: wave.at, decided: wave.decided }));
      return false;
    },
    underway: id => waves.has(id),
    drop,
  };
}

const trimmed = ({ bits }: Members): Uint8Array => {
  let length = bits.length;
  while (length > 0 && bits[length - 1] === 0) length -= 1;
  return bits.slice(0, length);
};

/** The first member at a row or beyond; where there is none, how many rows the bits are of. */
function nextMember(bits: Uint8Array, from: number): number {
  for (let row = from; row < bits.length * 8; ) {
    const byte = (bits[row >>> 3] as number) >>> (row & 7);
    if (byte === 0) row = (row | 7) + 1;
    else return row + 31 - Math.clz32(byte & -byte);
  }
  return bits.length * 8;
}

/** Members whose histories are read together. */
const broughtAtOnce = 64;

function membersFrom(bits: Uint8Array, first: number): readonly number[] {
  const rows: number[] = [];
  for (let row = first; row < bits.length * 8 && rows.length < broughtAtOnce; row = nextMember(bits, row + 1))
    rows.push(row);
  return rows;
}

const waveEvent = (
  id: CampaignId,
  type: "campaign-wave-started" | "campaign-wave-finished",
  now: Instant,
  data: JsonObject & { readonly at: Instant },
): PendingEvent => ({
  // Not the campaign's own stream, whose revisions whoever changes the campaign counts on.
  stream: `wave-${id}`,
  event: {
    eventId: campaignEventId(type, id, data.at),
    ...{ type, schemaVersion: 1, occurredAt: now, source: "c360", sourceEventId: null, data, personal: null },
    actor: { kind: "system", id: "campaigns" } as NewEvent["actor"],
    ...{ correlationId: `campaign-${id}`, causationId: null, corrects: null, flags: [] },
  },
});
