/** The public rule set of Sigma, which nobody on the project wrote. Skipped with a word where it is not at hand. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RuleSet } from '../matching/rule-set.ts';
import { inForce } from '../lines.fixtures.ts';
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

  it('compiles to one rule set', () => {
    const rules = parsed.flatMap(({ path, source, result }) =>
      result.ok ? [inForce(sigmaRule(source, result.file), { ruleId: path })] : [],
    );
    expect(new RuleSet(rules, { timeZone: 'UTC' }).rules.length).toBe(rules.length);
  }, 60_000);
});
