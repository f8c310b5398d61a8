import type { ReviewRecord } from '@akashi/report/record';
import { facts, heading, paragraph, type Fact } from '../pdf/blocks.ts';
import { colours, styles, type Sheet } from '../pdf/sheet.ts';
import type { Language } from '../rows/run-head.ts';
import type { ZonedClock } from '../rows/zoned-time.ts';
import { recordWords } from '../words/record-words.ts';
import { versionTexts } from '../words/version-words.ts';
import type { ReadRecord } from './read-record.ts';

export interface RecordPage {
  readonly sheet: Sheet;
  readonly read: ReadRecord;
  readonly language: Language;
  readonly clock: ZonedClock;
}

export function cover({ sheet, read, language, clock }: RecordPage): void {
  const words = recordWords[language];
  const { record } = read;
  paragraph(sheet, `PCI DSS 10.4.1 ・ ${words.revision(record.revision)}`, styles.meta);
  paragraph(sheet, `${words.title} ${record.day}`, { ...styles.title, type: 'H1' });
  sheet.y += 2;
  figures({ sheet, read, language });
  heading(sheet, words.about);
  facts(sheet, [
    [words.organisation, record.tenant.name],
    [words.reviewer, personText(record.reviewer)],
    ...delegation(record, language),
    [words.submittedAt, read.submittedAt === null ? words.notYet : clock(read.submittedAt)],
    [words.approvedAt, approvalText({ read, language, clock })],
    [words.period, `${clock(record.period.from)} ${words.until} ${clock(record.period.to)} ${words.notIncluded}`],
    [words.zone, record.timeZone],
    [words.startedAt, clock(record.startedAt)],
    [words.dueAt, clock(record.dueAt)],
    ...(record.isLate ? [[words.lateReason, record.lateReason ?? words.noReason] as const] : []),
    ...(record.statement === null ? [] : [[words.statement, record.statement] as const]),
    ...(record.comment === null ? [] : [[words.comment, record.comment] as const]),
    [words.versions, versionTexts(record.versions, language).join(' ・ ')],
    [words.sha256, read.sha256],
    [words.sealedAs, read.sealedAs ?? words.notSealed],
    [words.attachments, [words.attached, words.verify]],
  ]);
}

/** The state in a word, then what was found. */
function figures({ sheet, read, language }: Pick<RecordPage, 'sheet' | 'read' | 'language'>): void {
  const words = recordWords[language];
  const { items, findings, isLate } = read.record;
  const exceptions = items.filter(({ result }) => result === 'exception').length;
  const stateColour = {
    approved: colours.good,
    submitted: colours.attention,
    returned: colours.attention,
    unsigned: colours.bad,
  };
  const shown: readonly (readonly [label: string, value: string, colour: string])[] = [
    [words.state, words.states[read.state], stateColour[read.state]],
    [words.items, String(items.length), colours.text],
    [words.exceptions, String(exceptions), exceptions > 0 ? colours.bad : colours.text],
    [words.findings, String(findings.length), findings.length > 0 ? colours.bad : colours.text],
    ...(isLate ? ([['', words.late, colours.attention]] as const) : []),
  ];
  const top = sheet.y;
  let x = sheet.left;
  for (const [label, value, colour] of shown) {
    const style = { ...styles.figure, size: 18, colour };
    const place = { x, y: top };
    sheet.within('P', () =>
      sheet.content(() => {
        if (label !== '') sheet.ink(label, styles.meta, place);
        sheet.ink(value, style, { x: place.x, y: place.y + 9 });
      }),
    );
    x += Math.max(90, sheet.widthOf(value, style) + 36);
  }
  sheet.y = top + 38;
}

function delegation({ delegation: given }: ReviewRecord, language: Language): Fact[] {
  if (given === null) return [];
  const words = recordWords[language];
  return [[words.delegation, words.delegated(given.by.name, given.to.name, given.reason)]];
}

function approvalText({ read, language, clock }: Omit<RecordPage, 'sheet'>): string | string[] {
  const words = recordWords[language];
  if (read.approval === null) return words.notYet;
  const { by, at, isReviewer } = read.approval;
  return [`${clock(at)}　${by}`, isReviewer ? words.samePerson : words.otherPerson];
}

export function personText({ name, email }: ReviewRecord['reviewer']): string {
  return email === null ? name : `${name} <${email}>`;
}
