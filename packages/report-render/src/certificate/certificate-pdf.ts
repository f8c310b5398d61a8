import { facts, heading, paragraph } from '../pdf/blocks.ts';
import { Sheet, styles } from '../pdf/sheet.ts';
import { zonedClock } from '../rows/zoned-time.ts';
import { certificateWords } from '../words/certificate-words.ts';
import { requirementText } from './requirement-text.ts';
import type { CertificateTask } from './certificate-task.ts';

/** The certificate of a disposal as PDF/A-3a: what went, under which rule, and where the log says so. Its JSON is attached. */
export async function* certificatePdf(task: CertificateTask): AsyncGenerator<Uint8Array> {
  const { language, organisation, disposal, proof } = task;
  const words = certificateWords[language];
  const clock = zonedClock(task.timeZone);
  const title = `${words.title} ${disposal.createdAt.slice(0, 10)}`;
  const sheet = new Sheet({
    language,
    title,
    author: words.author,
    createdAt: disposal.removedAt ?? disposal.createdAt,
    running: { left: `Akashi ・ ${organisation}`, right: title, foot: `${words.root} ${disposal.root}` },
    pageWords: words.pages,
  });
  paragraph(sheet, requirementText(disposal.rule.requirement, words.requirement), styles.meta);
  paragraph(sheet, words.title, { ...styles.title, type: 'H1' });
  sheet.y += 4;
  paragraph(sheet, words.intro, styles.body);
  heading(sheet, words.about);
  facts(sheet, [
    [words.organisation, organisation],
    [words.records, words.recordsOf(figure(disposal.records), figure(disposal.blockCount))],
    [words.blocks, disposal.blocks],
    ...(disposal.bytes === null ? [] : [[words.bytes, figure(disposal.bytes)] as const]),
    [words.received, periodText(task, clock)],
    [words.logGroups, disposal.logGroups.length === 0 ? '–' : disposal.logGroups.join(', ')],
    [words.policies, disposal.policies.join(', ')],
    [words.due, clock(disposal.due)],
    [words.rule, requirementText(disposal.rule.requirement, words.requirement)],
    [words.stated, clock(disposal.createdAt)],
    [words.removed, disposal.removedAt === null ? words.underWay : clock(disposal.removedAt)],
  ]);
  heading(sheet, words.proof);
  facts(sheet, [
    [words.entry, `${proof.entry} / ${proof.treeSize}`],
    [words.root, disposal.root],
    [words.checkpoint, proof.checkpoint.trimEnd().split('\n')],
    [words.verifierKey, proof.verifierKey],
  ]);
  sheet.y += 8;
  for (const text of [words.attached, words.verify]) paragraph(sheet, text, styles.body);
  sheet.attach({ name: 'certificate.json', type: 'application/json', bytes: Buffer.from(task.json) });
  yield* sheet.end();
}

const figure = (count: number): string => count.toLocaleString('en-US');

function periodText({ language, disposal }: CertificateTask, clock: (time: string) => string): string {
  const words = certificateWords[language];
  const { firstReceived, lastReceived } = disposal;
  if (firstReceived === null || lastReceived === null) return words.nothing;
  return `${clock(firstReceived)} ${words.until} ${clock(lastReceived)}`;
}
