import type { Report } from '../api-client/reports.ts';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * Whether a report has all of the words: in its number, titles, purposes or requirement numbers, those of earlier
 * versions of PCI DSS included. A word of digits and points is the beginning of a requirement number: 10.2.1 finds 10.2.1.4.
 */
export function hasReportWords(
  { id, number, title, purpose, requirements }: Pick<Report, 'id' | 'number' | 'title' | 'purpose' | 'requirements'>,
  words: string,
): boolean {
  const text = fold([id, String(number ?? ''), title.ja, title.en, purpose.ja, purpose.en].join(' '));
  const numbers = requirements.map((requirement) => requirement.split(':').at(-1) ?? '');
  return fold(words)
    .split(/\s+/)
    .every((word) =>
      /^\d+(\.\d+)+$/.test(word)
        ? numbers.some((each) => each === word || each.startsWith(`${word}.`))
        : text.includes(word),
    );
}
