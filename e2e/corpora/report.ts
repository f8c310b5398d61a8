import { crowdsecDifferences } from './crowdsec-expectations.ts';
import type { Judgement, Miss, Score } from './judge.ts';
import { differences, lineDifferences } from './wazuh-classes.ts';

const leastShare = 0.95;

/** Fields and classes each: the many lines of one corpus that state only fields hide nothing of the classes. */
export function isEnough(scores: readonly Score[]): boolean {
  const { fieldsStated, fieldsRight, classesStated, classesRight } = totalOf(scores);
  return fieldsRight >= leastShare * fieldsStated && classesRight >= leastShare * classesStated;
}

function totalOf(scores: readonly Score[]): Score {
  return scores.reduce((sum, score) => ({
    name: 'all',
    lines: sum.lines + score.lines,
    fieldsStated: sum.fieldsStated + score.fieldsStated,
    fieldsRight: sum.fieldsRight + score.fieldsRight,
    classesStated: sum.classesStated + score.classesStated,
    classesRight: sum.classesRight + score.classesRight,
  }));
}

/** Percent with one decimal, rounded down, so that 95.0 % is never less. */
function percent(right: number, stated: number): string {
  return stated === 0 ? '' : `${(Math.floor((right / stated) * 1000) / 10).toFixed(1)} %`;
}

export function scoreTable(title: string, scores: readonly Score[]): string {
  const row = ({ name, lines, fieldsStated, fieldsRight, classesStated, classesRight }: Score): string =>
    `| ${name} | ${lines} | ${fieldsStated} | ${fieldsRight} | ${percent(fieldsRight, fieldsStated)} | ${classesStated} | ${classesRight} | ${percent(classesRight, classesStated)} |`;
  return [
    `| ${title} | Lines | Fields stated | Right | | Classes stated | Right | |`,
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...[...scores, totalOf(scores)].map(row),
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
    ([rule, { classes, because }]) =>
      `| ${rule} | ${classes.length === 0 ? 'none' : classes.join(', ')} | ${because} |`,
  );
  return `# Real logs, and what others say is in them

\`npm run corpora -- --write\` writes this page. It reads the lines of \`../shared/corpora\`, which nobody of the project wrote, and compares
their fields and classes with what other products say of them: Wazuh's decoders, rules, groups and PCI DSS tags, CrowdSec's parsers,
go-libaudit's records, loghub's columns, and the names of lnav's files. It fails when less than 95 % of the fields or of the classes are
right. A field is right when one of the fields that it can be in has
the stated value; a class is right when the event has it.

${scoreTable('Corpus', judgement.parts)}

The same by the format that we read:

${scoreTable('Format', judgement.formats)}

## Misses

${judgement.misses.length === 0 ? 'None.' : missTable(judgement.misses)}

## Where we differ

From Wazuh's tags, by rule:

| Rule | Classes that we expect | Because |
| --- | --- | --- |
${differing.join('\n')}

Of single lines:

${[...lineDifferences.map(({ name, because }) => `Wazuh, ${name}: ${because}`), ...crowdsecDifferences.map(([, because]) => `CrowdSec: ${because}`)].map((line) => `- ${line}`).join('\n')}
`;
}
