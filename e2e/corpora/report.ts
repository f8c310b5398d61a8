import type { Judgement, Miss } from './judge.ts';
import { differences } from './wazuh-classes.ts';

export const leastShare = 0.95;

/** Percent with one decimal, rounded down, so that 95.0 % is never less. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

export function scoreTable({ scores, share }: Judgement): string {
  const rows = scores.map(
    (score) =>
      `| ${score.part} | ${score.lines} | ${score.fieldsStated} | ${score.fieldsRight} | ${score.classesStated} | ${score.classesRight} |`,
  );
  const total = (pick: (score: Judgement['scores'][number]) => number): number => scores.reduce((sum, score) => sum + pick(score), 0);
  return [
    '| Corpus | Lines | Fields stated | Fields right | Classes stated | Classes right |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    `| **all: ${percent(share)} right** | ${total(({ lines }) => lines)} | ${total(({ fieldsStated }) => fieldsStated)} | ${total(({ fieldsRight }) => fieldsRight)} | ${total(({ classesStated }) => classesStated)} | ${total(({ classesRight }) => classesRight)} |`,
  ].join('\n');
}

/** Misses of one part with one reason: how often, and where the first is. */
export function missTable(misses: readonly Miss[]): string {
  const groups = new Map<string, Miss[]>();
  for (const miss of misses) {
    const key = `${miss.part} | ${miss.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), miss]);
  }
  const rows = [...groups]
    .sort(([a, x], [b, y]) => y.length - x.length || a.localeCompare(b))
    .map(([key, list]) => `| ${key} | ${list.length} | ${list[0]?.place ?? ''} |`);
  return ['| Corpus | Miss | Times | First at |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The page under `docs`: counts and places only, since the corpora are not ours to copy. */
export function reportPage(judgement: Judgement): string {
  const differing = Object.entries(differences).map(
    ([rule, { classes, because }]) => `| ${rule} | ${classes.length === 0 ? 'none' : classes.join(', ')} | ${because} |`,
  );
  return `# Real logs, and what others say is in them

\`npm run corpora -- --write\` writes this page. It reads the lines of \`../shared/corpora\`, which nobody of the project wrote, and compares
their fields and classes with what other products say of them: Wazuh's decoders, rules, groups and PCI DSS tags, CrowdSec's parsers,
go-libaudit's records, and loghub's columns. It fails below ${percent(leastShare)}. A field is right when one of the fields that it can be in has
the stated value; a class is right when the event has it.

${scoreTable(judgement)}

## Misses

${judgement.misses.length === 0 ? 'None.' : missTable(judgement.misses)}

## Where we differ from Wazuh's tags

| Rule | Classes that we expect | Because |
| --- | --- | --- |
${differing.join('\n')}
`;
}
