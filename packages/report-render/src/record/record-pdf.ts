import { incidentWord } from '@akashi/policy';
import type { RecordIncident, RecordItem, RecordReference, RecordRun } from '@akashi/report/record';
import { heading, paragraph } from '../pdf/blocks.ts';
import { grid, type GridRow } from '../pdf/grid.ts';
import { styles, Sheet } from '../pdf/sheet.ts';
import { zonedClock } from '../rows/zoned-time.ts';
import { incidentState, reasonText, recordWords } from '../words/record-words.ts';
import { addendaPart, findingsPart } from './record-findings.ts';
import { cover, type RecordPage } from './record-cover.ts';
import { readRecord } from './read-record.ts';
import { signaturesPart } from './record-signatures.ts';
import type { RecordTask } from './record-task.ts';

/**
 * A day's log review record as PDF/A-3a, as an auditor wants it: what was reviewed by whom, its signatures and what they
 * show, each item with its result, findings, incidents and addenda. The signed bytes and the signatures are attached.
 */
export async function* recordPdf(task: RecordTask): AsyncGenerator<Uint8Array> {
  const { language } = task;
  const read = readRecord(task);
  const { record, sha256 } = read;
  const words = recordWords[language];
  const title = `${words.title} ${record.day}`;
  const sheet = new Sheet({
    language,
    title,
    author: words.author,
    createdAt: read.signatures.at(-1)?.envelope.statement.at ?? record.startedAt,
    running: {
      left: `Akashi ・ ${record.tenant.name}`,
      right: `${title} ・ ${words.revision(record.revision)} ・ ${words.states[read.state]}`,
      foot: `${words.sha256} ${sha256}`,
    },
    pageWords: words.pages,
  });
  const page = { sheet, read, language, clock: zonedClock(record.timeZone) };
  cover(page);
  signaturesPart(page);
  itemsPart(page);
  findingsPart(page);
  incidentsPart(page);
  referencePart(page);
  addendaPart(page);
  attach(sheet, task);
  yield* sheet.end();
}

function attach(sheet: Sheet, { record, signatures, addenda }: RecordTask): void {
  const type = 'application/json';
  sheet.attach({ name: 'record.json', type, bytes: Buffer.from(record.canonical) });
  for (const [index, { canonical }] of addenda.entries())
    sheet.attach({ name: `addendum-${index + 1}.json`, type, bytes: Buffer.from(canonical) });
  if (signatures.length === 0) return;
  const lines = signatures.flatMap(({ envelope }) => [Buffer.from(envelope), Buffer.from('\n')]);
  sheet.attach({ name: 'signatures.ndjson', type: 'application/x-ndjson', bytes: Buffer.concat(lines) });
}

const figure = (count: number): string => count.toLocaleString('en-US');

/** Exceptions first, then what the checks wanted looked at. */
function itemsPart({ sheet, read, language, clock }: RecordPage): void {
  const words = recordWords[language];
  const { items } = read.record;
  const rank = (item: RecordItem): number =>
    item.result === 'exception' ? 0 : item.verdict.result === 'needs-look' ? 1 : 2;
  const rowOf = (item: RecordItem): GridRow => {
    const { report, area, run, usual, verdict, result, isBulk } = item;
    return {
      cells: [
        titleOf(report, language),
        area.name,
        [figure(run.rows), words.runStates[run.state]].filter((text) => text !== ''),
        figure(run.flagged),
        usual === null ? words.noUsual : `${figure(usual.low)}–${figure(usual.high)}`,
        words.verdicts[verdict.result],
        [words.results[result], ...(isBulk ? [words.bulk] : [])],
        item.decidedBy.name,
        clock(item.decidedAt).split(' '),
      ],
      below: [
        [{ text: verdict.reasons.map((reason) => reasonText(reason, language)).join(' / '), style: styles.meta }],
        [{ text: saidOf(item, words), style: result === 'exception' ? styles.flag : styles.cell }],
        [{ text: looksOf(item, words), style: styles.meta }],
        [{ text: [run, ...item.addenda].map((each) => runText(each, words)), style: styles.meta }],
      ],
      isMarked: result === 'exception',
    };
  };
  heading(sheet, words.itemsTitle, 150);
  if (items.length === 0) {
    paragraph(sheet, words.none, styles.body);
    return;
  }
  grid(sheet, items.toSorted((one, other) => rank(one) - rank(other)).map(rowOf), {
    columns: [
      { title: words.report, share: 2.4 },
      { title: words.area, share: 1.6 },
      { title: words.rows, share: 0.8, isFigure: true },
      { title: words.flagged, share: 0.8, isFigure: true },
      { title: words.usual, share: 1.1, isFigure: true },
      { title: words.verdict, share: 1 },
      { title: words.result, share: 1.1 },
      { title: words.decidedBy, share: 1.3 },
      { title: words.decidedAt, share: { points: 78 } },
    ],
    below: [words.reasons, words.comment, words.looked, words.runAndHash],
  });
}

type Words = (typeof recordWords)['ja'];

function titleOf({ number, title }: RecordItem['report'], language: 'ja' | 'en'): string {
  return number === null ? title[language] : `${number} ${title[language]}`;
}

function saidOf({ finding, comment }: RecordItem, words: Words): string {
  const said = [...(finding === null ? [] : [words.finding(finding)]), ...(comment === null ? [] : [comment])];
  return said.join('：');
}

function looksOf({ looks }: RecordItem, words: Words): string {
  if (looks.length === 0) return '';
  return `${words.looked}: ${looks.map(({ by, seconds }) => `${by.name} ${words.seconds(figure(seconds))}`).join(', ')}`;
}

function runText({ id, kind, rows, flagged, ndjsonSha256 }: RecordRun, words: Words): string {
  const added =
    kind === 'addendum' ? `${words.addendumRuns} ${figure(rows)} (${words.flagged} ${figure(flagged)})　` : '';
  return `${added}${id}　${ndjsonSha256 ?? words.noUsual}`;
}

function referencePart({ sheet, read, language }: RecordPage): void {
  const words = recordWords[language];
  const { reference } = read.record;
  if (reference.length === 0) return;
  const rowOf = ({ report, area, run }: RecordReference): GridRow => ({
    cells: [titleOf(report, language), area.name, figure(run.rows), figure(run.flagged)],
    below: [[{ text: runText(run, words), style: styles.meta }]],
    isMarked: false,
  });
  heading(sheet, words.referenceTitle, 150);
  grid(sheet, reference.map(rowOf), {
    columns: [
      { title: words.report, share: 3 },
      { title: words.area, share: 2 },
      { title: words.rows, share: 1, isFigure: true },
      { title: words.flagged, share: 1, isFigure: true },
    ],
    below: [words.runAndHash],
  });
}

function incidentsPart({ sheet, read, language, clock }: RecordPage): void {
  const words = recordWords[language];
  const { incidents } = read.record;
  heading(sheet, words.incidentsTitle, incidents.length === 0 ? 60 : 150);
  if (incidents.length === 0) {
    paragraph(sheet, words.none, styles.body);
    return;
  }
  const rowOf = (incident: RecordIncident): GridRow => ({
    cells: [
      incidentWord(incident.kind, language),
      incident.where,
      clock(incident.startedAt),
      incidentState(incident, language),
    ],
    below: [],
    isMarked: false,
  });
  grid(sheet, incidents.map(rowOf), {
    columns: [
      { title: words.kind, share: 2 },
      { title: words.where, share: 3 },
      { title: words.began, share: { points: 120 } },
      { title: words.state, share: 1 },
    ],
    below: [],
  });
}
