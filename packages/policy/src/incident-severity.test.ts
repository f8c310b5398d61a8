import { expect, it } from 'vitest';
import { incidentKinds } from './incident-kinds.ts';
import { severities, severityOf, severityRank, severityWord } from './incident-severity.ts';

it('is told of every kind, and of an alert by its rule', () => {
  for (const kind of incidentKinds) expect(severities).toContain(severityOf(kind, {}));
  for (const severity of severities) expect(severityOf('rule-alert', { severity })).toBe(severity);
  expect(severityOf('rule-alert', { severity: 'catastrophic' })).toBe('high');
  // Nothing in the details softens what the product noticed itself.
  expect(severityOf('card-data-found', { severity: 'low' })).toBe('critical');
});

it('has an order and a word in both languages', () => {
  expect(severities.map(severityRank)).toEqual([0, 1, 2, 3]);
  const words = severities.flatMap((severity) => [severityWord(severity, 'ja'), severityWord(severity, 'en')]);
  expect(new Set(words).size).toBe(words.length);
});
