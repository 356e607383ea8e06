import { currencyDigits } from "../currencies.ts";
import { dateReader, fieldsOfFormat } from "./dateFormat.ts";
import { sourcesOfValue, valuesOfFact } from "./eachValue.ts";
import { defaultTimeFormat } from "./instantValue.ts";
import type { Condition, FactSpec, FileSpec, Mapping, ValueObject, ValueSpec } from "./mapping.ts";
import { isTimeZone } from "./zonedTime.ts";

/** Something wrong with a mapping, at a path of it. */
export type MappingFault = { readonly path: string; readonly message: string };

/** What the form of a mapping cannot say: names must exist, formats be formats, and each value have one source. */
export function checkMapping(mapping: Mapping): MappingFault[] {
  const faults: MappingFault[] = [];
  const note = (path: string, message: string) => void faults.push({ path, message });
  if (!isTimeZone(mapping.timeZone)) note("/timeZone", `"${mapping.timeZone}" is not an IANA time zone`);
  checkCurrency(mapping.currency, "/currency", note);
  for (const [name, lookup] of Object.entries(mapping.lookups ?? {}))
    checkConditions(lookup.where, `/lookups/${name}/where`, note);
  for (const [index, file] of mapping.files.entries()) checkFile(mapping, file, `/files/${index}`, note);
  return faults;
}

type Note = (path: string, message: string) => void;

function checkCurrency(currency: string | undefined, path: string, note: Note): void {
  if (currency !== undefined && currencyDigits(currency) === undefined)
    note(path, `"${currency}" is not an ISO 4217 currency`);
}

function checkConditions(conditions: readonly Condition[] = [], path: string, note: Note): void {
  for (const [index, condition] of conditions.entries())
    if (condition.in?.length === 0) note(`${path}/${index}/in`, "an empty list never holds");
}

function checkFile(mapping: Mapping, file: FileSpec, path: string, note: Note): void {
  if (file.withoutYear !== undefined)
    checkFormat(file.withoutYear.format ?? "MM", ["month"], mapping, `${path}/withoutYear/format`, note);
  for (const [index, fact] of file.facts.entries()) checkFact(mapping, fact, `${path}/facts/${index}`, note);
}

function checkFact(mapping: Mapping, fact: FactSpec, path: string, note: Note): void {
  const { customer, account, unattributed } = fact.subject;
  if ([customer, account, unattributed].filter(each => each !== undefined).length !== 1)
    note(`${path}/subject`, "give exactly one of customer, account, unattributed");
  if (account !== undefined && fact.subject.system === undefined && mapping.accountSystem === undefined)
    note(`${path}/subject`, "an account needs a system here or accountSystem above");
  if (typeof fact.occurredAt !== "string" && (fact.occurredAt.date ?? fact.occurredAt.dateTime) === undefined)
    note(`${path}/occurredAt`, "give a column's name, date (with or without time), or dateTime");
  checkConditions(fact.when, `${path}/when`, note);
  checkPaths(Object.keys(fact.data), `${path}/data`, note);
  for (const { path: at, value } of valuesOfFact(fact, path)) checkValue(mapping, value, at, note);
}

function checkPaths(paths: readonly string[], at: string, note: Note): void {
  for (const path of paths)
    if (paths.some(other => other.startsWith(`${path}.`))) note(`${at}/${path}`, "is both a value and an object");
}

function checkValue(mapping: Mapping, value: ValueSpec, path: string, note: Note): void {
  if (typeof value === "string") return;
  const sources = sourcesOfValue.filter(name => value[name] !== undefined);
  if (sources.length !== 1) note(path, `give exactly one of ${sourcesOfValue.join(", ")}`);
  checkNames(mapping, value, path, note);
  if (value.zone !== undefined && !isTimeZone(value.zone))
    note(`${path}/zone`, `"${value.zone}" is not an IANA time zone`);
  if (value.account !== undefined && value.system === undefined && mapping.accountSystem === undefined)
    note(path, "an account needs a system here or accountSystem above");
  checkFormats(mapping, value, path, note);
}

function checkNames(mapping: Mapping, value: ValueObject, path: string, note: Note): void {
  if (value.codes !== undefined && !Object.hasOwn(mapping.codes ?? {}, value.codes))
    note(`${path}/codes`, `there is no code table "${value.codes}"`);
  if (value.lookup === undefined) return;
  const lookup = Object.hasOwn(mapping.lookups ?? {}, value.lookup) ? mapping.lookups?.[value.lookup] : undefined;
  if (lookup === undefined) note(`${path}/lookup`, `there is no lookup "${value.lookup}"`);
  else if (value.key === undefined || value.take === undefined) note(path, "a lookup needs key and take");
  else if (!lookup.take.includes(value.take))
    note(`${path}/take`, `the lookup "${value.lookup}" does not take the column "${value.take}"`);
}

const wholeDate = ["year", "month", "day"];

function checkFormats(mapping: Mapping, value: ValueObject, path: string, note: Note): void {
  const { format } = value;
  if (format !== undefined && (value.as === "date" || value.date !== undefined))
    checkFormat(format, wholeDate, mapping, `${path}/format`, note);
  if (
    format !== undefined &&
    value.dateTime !== undefined &&
    !["rfc3339", "epochSeconds", "epochMilliseconds"].includes(format)
  )
    checkFormat(format, [...wholeDate, "hour"], mapping, `${path}/format`, note);
  if (value.timeFormat !== undefined) checkFormat(value.timeFormat, ["hour"], mapping, `${path}/timeFormat`, note);
  if (value.defaultTime !== undefined && dateReader(defaultTimeFormat)(value.defaultTime) === null)
    note(`${path}/defaultTime`, `"${value.defaultTime}" is not a time of the form ${defaultTimeFormat}`);
}

function checkFormat(format: string, needed: readonly string[], mapping: Mapping, path: string, note: Note): void {
  const fields = fieldsOfFormat(format);
  if (typeof fields === "string") {
    note(path, fields);
    return;
  }
  const missing = needed.filter(field => !(fields as ReadonlySet<string>).has(field));
  if (missing.length > 0) note(path, `"${format}" lacks the ${missing.join(", ")}`);
  if (/(?<!y)yy(?!y)/.test(format) && mapping.twoDigitYearsFrom === undefined)
    note(path, "two-digit years need twoDigitYearsFrom, the first of the hundred years they mean");
}
