import type { RecordFinding } from '@akashi/report/record';
import { facts, heading, paragraph, type Fact } from '../pdf/blocks.ts';
import { styles } from '../pdf/sheet.ts';
import { findingState, noteKind, recordWords } from '../words/record-words.ts';
import { personText, type RecordPage } from './record-cover.ts';

/** Findings as they stood at the submission, each with its pinned lines and its course. */
export function findingsPart({ sheet, read, language, clock }: RecordPage): void {
  const words = recordWords[language];
  heading(sheet, words.findingsTitle, 60);
  const { findings } = read.record;
  if (findings.length === 0) paragraph(sheet, words.none, styles.body);
  for (const finding of findings) {
    sheet.makeRoom(90);
    paragraph(sheet, `${words.finding(finding.number)} ・ ${finding.title}`, { ...styles.strong, type: 'H3' });
    sheet.y += 3;
    facts(sheet, factsOf(finding, { language, clock }));
    sheet.y += 6;
  }
}

function factsOf(finding: RecordFinding, { language, clock }: Pick<RecordPage, 'language' | 'clock'>): Fact[] {
  const words = recordWords[language];
  const { who, when, system, reason, cause, action, outcome, ticket, lines, notes, owner, dueOn } = finding;
  const told: readonly (readonly [string, string | null])[] = [
    [words.who, who],
    [words.when, when === null ? null : clock(when)],
    [words.system, system],
    [words.reason, reason],
    [words.cause, cause],
    [words.action, action],
    [words.outcome, outcome],
    [words.ticket, ticket],
  ];
  const pinned = lines.map(({ eventId, recordSha256 }) => `${eventId}　${recordSha256}`);
  const course = notes.map(
    ({ kind, by, at, text }) => `${clock(at)} ${noteKind(kind, language)} ・ ${by.name}: ${text}`,
  );
  return [
    [
      words.state,
      `${findingState(finding.state, language)} ・ ${words.severity} ${words.severities[finding.severity]}`,
    ],
    [words.owner, owner === null ? words.noOwner : personText(owner)],
    ...(dueOn === null ? [] : [[words.dueOn, dueOn] as const]),
    ...told.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const])),
    ...(pinned.length === 0 ? [] : [[words.lines, pinned] as const]),
    ...(course.length === 0 ? [] : [[words.notes, course] as const]),
  ];
}

/** What was said after the approval; its signatures stand with the others. */
export function addendaPart({ sheet, read, language }: RecordPage): void {
  const words = recordWords[language];
  if (read.addenda.length === 0) return;
  heading(sheet, words.addendaTitle, 90);
  for (const { addendum, sha256, sealedAs } of read.addenda) {
    sheet.makeRoom(70);
    const title = `${words.addendum(addendum.number)} ・ ${addendum.by.name}`;
    paragraph(sheet, title, { ...styles.strong, type: 'H3' });
    sheet.y += 3;
    facts(sheet, [
      [words.comment, addendum.text],
      ['SHA-256', sha256],
      [words.sealedAs, sealedAs ?? words.notSealed],
    ]);
    sheet.y += 6;
  }
}
