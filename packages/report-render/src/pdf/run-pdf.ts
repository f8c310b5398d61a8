import { columnWords, flagWords, type CountOf } from '@akashi/report';
import type { Language, RunHead } from '../rows/run-head.ts';
import { zonedClock } from '../rows/zoned-time.ts';
import { requirementsText, ruleText } from '../words/rule-words.ts';
import { runWords } from '../words/run-words.ts';
import { versionTexts } from '../words/version-words.ts';
import { countTables, facts, heading, paragraph, type CountTable, type Fact } from './blocks.ts';
import { printLimits, takeExtract, type Extract, type ExtractLimits } from './extract.ts';
import { plot } from './plot.ts';
import { rowTable } from './row-table.ts';
import { styles, Sheet } from './sheet.ts';

interface Run {
  readonly head: RunHead;
  readonly language: Language;
  readonly extract: Extract;
  readonly limits: ExtractLimits;
}

/**
 * A run as PDF/A-3a: what, when, who, by which condition and versions, counts and hashes; its summary; flagged rows first,
 * then others, each with its record; the frozen NDJSON attached where it is not too large. Dates and ids in it are the
 * run's, so the same run gives the same bytes.
 */
export async function* runPdf(
  task: { readonly head: RunHead; readonly language: Language },
  ndjson: AsyncIterable<Uint8Array>,
  limits: ExtractLimits = printLimits,
): AsyncGenerator<Uint8Array> {
  const { head, language } = task;
  const run = { head, language, limits, extract: await takeExtract(head, ndjson, limits) };
  const words = runWords[language];
  const title = head.definition.title[language];
  const clock = zonedClock(head.timeZone);
  const sheet = new Sheet({
    language,
    title: `${title} ${head.day ?? clock(head.from).slice(0, 10)}`,
    author: words.author,
    createdAt: head.createdAt,
    running: {
      left: `Akashi ・ ${head.organisation}`,
      right: `${title} ・ ${head.day ?? `${clock(head.from)} ${words.until} ${clock(head.to)}`}`,
      foot: `${words.runShort} ${head.id} ・ NDJSON SHA-256 ${head.ndjson.sha256}`,
    },
    pageWords: words.pages,
  });
  cover(sheet, run);
  summary(sheet, run);
  rows(sheet, run);
  const bytes = run.extract.embedded;
  if (bytes !== null) sheet.attach({ name: 'rows.ndjson', type: 'application/x-ndjson', bytes });
  yield* sheet.end();
}

const figure = (count: number): string => count.toLocaleString('en-US');

function cover(sheet: Sheet, { head, language, extract, limits }: Run): void {
  const words = runWords[language];
  const { definition } = head;
  const clock = zonedClock(head.timeZone);
  const number = definition.number === null ? words.report : `${words.report} ${definition.number}`;
  paragraph(sheet, `${number} ・ ${words.kinds[head.kind]}`, styles.meta);
  paragraph(sheet, definition.title[language], { ...styles.title, type: 'H1' });
  paragraph(sheet, definition.purpose[language], styles.body);
  sheet.y += 6;
  figures(sheet, [
    [words.flagged, figure(extract.flaggedRows), extract.flaggedRows > 0],
    [words.rows, figure(extract.rows), false],
  ]);
  heading(sheet, words.about);
  facts(sheet, [
    [words.organisation, head.organisation],
    [words.area, areaText(head, language)],
    ...(head.day === null ? [] : [[words.day, head.day] as const]),
    [words.period, `${clock(head.from)} ${words.until} ${clock(head.to)} ${words.notIncluded}`],
    [words.zone, head.timeZone],
    [words.requestedBy, head.requestedBy ?? words.byDuty],
    [words.createdAt, clock(head.createdAt)],
    [words.classes, definition.classes.length === 0 ? words.anyClass : definition.classes.join(', ')],
    ...(definition.query === '' ? [] : [[words.selection, definition.query] as const]),
    ...(definition.listed === '' ? [] : [[words.listed, definition.listed] as const]),
    [
      words.rules,
      definition.flags.length === 0 ? words.noRules : definition.flags.map((rule) => ruleText(rule, language)),
    ],
    [words.requirements, requirementsText(definition.requirements)],
    [words.versions, versionsText(head, language)],
    [words.run, head.id],
    ...(head.addendumTo === null ? [] : [[words.addendumTo, head.addendumTo] as const]),
  ]);
  heading(sheet, words.evidence, 100);
  facts(sheet, evidence(head, { language, extract, limits }));
  sheet.y += 2;
  paragraph(sheet, words.evidenceText, styles.meta);
  paragraph(sheet, words.escapes, styles.meta);
}

function figures(sheet: Sheet, shown: readonly (readonly [string, string, boolean])[]): void {
  const top = sheet.y;
  for (const [index, [label, value, isFlag]] of shown.entries()) {
    const x = sheet.left + index * 140;
    const style = isFlag ? { ...styles.figure, colour: styles.flag.colour } : styles.figure;
    sheet.within('P', () =>
      sheet.content(() => {
        sheet.ink(label, styles.meta, { x, y: top });
        sheet.ink(value, style, { x, y: top + 9 });
      }),
    );
  }
  sheet.y = top + 46;
}

function areaText({ area }: RunHead, language: Language): string | string[] {
  const words = runWords[language];
  if (area === null) return words.everything;
  const scope = (['logGroups', 'logStreams', 'sources', 'hosts'] as const)
    .filter((name) => area[name].length > 0)
    .map((name) => `${words.scope[name]}: ${area[name].join(', ')}`);
  return [area.name, ...scope];
}

function versionsText({ definition, versions }: RunHead, language: Language): string {
  const named = versionTexts(versions, language);
  return [`${runWords[language].version} ${definition.version}`, ...named].join(' ・ ');
}

function evidence(
  { ndjson }: RunHead,
  { language, extract, limits }: { language: Language; extract: Extract; limits: ExtractLimits },
): Fact[] {
  const words = runWords[language];
  const place =
    extract.embedded === null
      ? words.notEmbedded(`${Math.round(limits.embeddedBytes / 1024 / 1024)} MiB`)
      : words.embedded;
  return [[words.ndjson, [`SHA-256 ${ndjson.sha256}`, `${words.bytes(figure(ndjson.bytes))}　${place}`]]];
}

const summaryRows = 10;

function summary(sheet: Sheet, { head, language }: Run): void {
  const words = runWords[language];
  const { byFlag, people, hosts, groups, rows: all } = head.summary;
  if (all === 0) return;
  const flags = head.definition.flags.map(({ kind }) => kind);
  const counted = [...new Set(flags)].map((kind) => ({
    value: flagWords[kind][language],
    rows: byFlag[kind] ?? 0,
    flagged: byFlag[kind] ?? 0,
  }));
  const { groupBy } = head.definition;
  // People and hosts have tables of their own.
  const isGrouped = groupBy !== null && groupBy !== 'person' && groupBy !== 'host' && groups.length > 0;
  const listed: (readonly [string, readonly CountOf[]])[] = [
    [words.byFlag, counted],
    [words.people, people],
    [words.hosts, hosts],
    ...(isGrouped ? [[words.by(columnWords[groupBy][language]), groups] as const] : []),
  ];
  heading(sheet, words.summary, 120);
  const tables = listed.map(([title, counts]) => countTable(title, counts, language));
  // Four would leave no room for names.
  const beside = tables.length > 3 ? 2 : 3;
  for (let start = 0; start < tables.length; start += beside) countTables(sheet, tables.slice(start, start + beside));
  if (head.definition.plot !== null) plot(sheet, head.summary, { rule: head.definition.plot, language });
}

function countTable(title: string, counts: readonly CountOf[], language: Language): CountTable {
  const words = runWords[language];
  const more = counts.length - summaryRows;
  return {
    title,
    head: ['', words.rows, words.flagged],
    rows: counts
      .slice(0, summaryRows)
      .map(({ value, rows: count, flagged }) => [value, figure(count), figure(flagged)]),
    note: counts.length === 0 ? words.nothing : more > 0 ? words.more(figure(more)) : null,
  };
}

function rows(sheet: Sheet, { head, language, extract }: Run): void {
  const words = runWords[language];
  const settings = { columns: head.definition.columns, language, clock: zonedClock(head.timeZone) };
  const said = (shown: number, count: number): string =>
    shown === count ? words.allShown(figure(count)) : words.someShown(figure(shown), figure(count));
  if (extract.rows === 0) {
    heading(sheet, words.flaggedTitle);
    paragraph(sheet, words.noRows, styles.body);
    return;
  }
  heading(sheet, words.flaggedTitle, 160);
  if (extract.flaggedRows === 0) paragraph(sheet, words.noFlagged, styles.body);
  else {
    paragraph(sheet, said(extract.flagged.length, extract.flaggedRows), styles.meta);
    rowTable(sheet, extract.flagged, settings);
  }
  const others = extract.rows - extract.flaggedRows;
  if (others === 0) return;
  heading(sheet, words.othersTitle, 160);
  paragraph(sheet, said(extract.others.length, others), styles.meta);
  rowTable(sheet, extract.others, settings);
}
