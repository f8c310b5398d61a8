import { facts, heading, paragraph } from '../pdf/blocks.ts';
import { Sheet, styles } from '../pdf/sheet.ts';
import { zonedClock } from '../rows/zoned-time.ts';
import { keyCertificateWords } from '../words/key-certificate-words.ts';
import { requirementText } from './requirement-text.ts';
import type { KeyCertificateTask } from './key-certificate-task.ts';

/** The certificate of destroyed keys as PDF/A-3a: which keys, why, what still holds them, and where the log says so. */
export async function* keyCertificatePdf(task: KeyCertificateTask): AsyncGenerator<Uint8Array> {
  const { language, organisation, destruction, outside, proof } = task;
  const words = keyCertificateWords[language];
  const clock = zonedClock(task.timeZone);
  const title = `${words.title} ${destruction.createdAt.slice(0, 10)}`;
  const sheet = new Sheet({
    language,
    title,
    author: words.author,
    createdAt: destruction.destroyedAt ?? destruction.createdAt,
    running: { left: `Akashi ・ ${organisation}`, right: title, foot: `${words.entry} ${destruction.entry}` },
    pageWords: words.pages,
  });
  const requirement = requirementText(destruction.rule.requirement, words.requirement);
  paragraph(sheet, requirement, styles.meta);
  paragraph(sheet, words.title, { ...styles.title, type: 'H1' });
  sheet.y += 4;
  paragraph(sheet, words.intro, styles.body);
  heading(sheet, words.about);
  facts(sheet, [
    [words.organisation, organisation],
    [words.records, words.recordsOf(figure(destruction.records), figure(destruction.blocks))],
    [words.closed, clock(destruction.closedAt)],
    [words.due, clock(destruction.due)],
    [words.rule, requirement],
    [words.stated, clock(destruction.createdAt)],
    [words.destroyed, destruction.destroyedAt === null ? words.underWay : clock(destruction.destroyedAt)],
    [words.outside, outside.recoveryExport === null ? words.noExport : words.exportOf(clock(outside.recoveryExport))],
  ]);
  heading(sheet, words.keys);
  facts(
    sheet,
    destruction.keys.map(({ id, fingerprint, records }) => [
      id,
      [words.underKey(figure(records)), `SHA-256 ${fingerprint ?? words.lost}`],
    ]),
  );
  heading(sheet, words.proof);
  facts(sheet, [
    [words.entry, `${proof.entry} / ${proof.treeSize}`],
    [words.checkpoint, proof.checkpoint.trimEnd().split('\n')],
    [words.verifierKey, proof.verifierKey],
  ]);
  sheet.y += 8;
  for (const text of [words.attached, words.verify]) paragraph(sheet, text, styles.body);
  sheet.attach({ name: 'certificate.json', type: 'application/json', bytes: Buffer.from(task.json) });
  yield* sheet.end();
}

const figure = (count: number): string => count.toLocaleString('en-US');
