/** The public rule set of Sigma, which nobody on the project wrote. Skipped with a word where it is not at hand. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RuleSet } from '../matching/rule-set.ts';
import { eventsOf, inForce } from '../lines.fixtures.ts';
import { parseSigma } from './parse-sigma.ts';
import { sigmaProblemCodes } from './sigma-problem.ts';
import { sigmaRule } from './sigma-rule.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpora/sigma', import.meta.url));
const isHere = existsSync(corpus);
if (!isHere) process.stdout.write('sigma-corpus.test: ../shared/corpora/sigma is absent, its tests are skipped\n');

const files = isHere ? globSync('**/*.yml', { cwd: corpus }).toSorted() : [];
const parsed = files.map((path) => {
  const source = readFileSync(`${corpus}/${path}`, 'utf8');
  return { path, source, result: parseSigma(source) };
});

describe.runIf(isHere)('the Sigma corpus', () => {
  it('loads, file by file, or is refused with a reason', () => {
    const counts: Record<string, number> = {};
    for (const { result } of parsed) {
      const outcome = result.ok ? 'loaded' : result.problem.code;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    expect(files.length).toBeGreaterThan(3_700);
    expect(Object.values(counts).reduce((a, b) => a + b)).toBe(files.length);
    const known: readonly string[] = ['loaded', ...sigmaProblemCodes];
    expect(Object.keys(counts).filter((outcome) => !known.includes(outcome))).toEqual([]);
    // No format of the product reads these log sources, and placeholders want values of the organisation.
    expect(Object.keys(counts).toSorted()).toEqual(['loaded', 'log-source-unknown', 'placeholder']);
    expect(counts['loaded']).toBeGreaterThan(0.94 * files.length);
  });

  it('keeps the author, id and references of each', () => {
    for (const { path, result } of parsed) {
      if (!result.ok) continue;
      expect(result.file.author, path).not.toBeNull();
      expect(result.file.id, path).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  const rules = parsed.flatMap(({ path, source, result }) =>
    result.ok ? [inForce(sigmaRule(source, result.file), { ruleId: path })] : [],
  );

  it('finds the same in real lines with the prefilter and without', () => {
    const lines = ['OpenSSH/OpenSSH', 'Linux/Linux', 'Apache/Apache', 'Mac/Mac'].flatMap((name) =>
      readFileSync(`${corpus}/../loghub/${name}_2k.log`, 'utf8')
        .split(/\r?\n/)
        .filter((line, index) => index % 40 === 0 && line !== ''),
    );
    lines.push(
      '192.0.2.1 - - [30/Nov/2026:12:00:00 +0900] "GET /a?q=../../../etc/passwd HTTP/1.1" 200 120 "-" "sqlmap/1.0"',
    );
    const some = rules.filter((_, index) => index % 4 === 0);
    const settings = { timeZone: 'UTC' };
    const [fast, slow] = [true, false].map((hasPrefilter) => new RuleSet(some, settings, { hasPrefilter }));
    for (const line of lines) {
      const { reading, document } = eventsOf(line);
      const expected = slow?.match(reading);
      expect(fast?.match(reading), line).toEqual(expected);
      expect(fast?.match(document), line).toEqual(expected);
    }
  }, 120_000);

  it('compiles to one rule set', () => {
    expect(new RuleSet(rules, { timeZone: 'UTC' }).rules.length).toBe(rules.length);
  }, 60_000);
});
