import { describe, expect, it } from 'vitest';
import { ruleProblems } from '../checking/rule-problems.ts';
import { RuleMemory } from '../deciding/rule-memory.ts';
import { context, eventsOf, inForce } from '../lines.fixtures.ts';
import { RuleSet } from '../matching/rule-set.ts';
import { starterRules, type StarterRule } from './index.ts';
import { starterLines, type StarterLines, type TimedLine } from './starter-lines.fixtures.ts';

const startMs = Date.parse('2026-11-30T03:00:00Z');
const lastBlockSeconds = 6 * 3_600;

/** Alerts that the rule makes of the lines, each line a block of its own, and of a block some hours after the last. */
function alertsOf({ id, rule }: StarterRule, lines: readonly TimedLine[], approval: StarterLines['approval']): number {
  const rules = [inForce(rule, { ruleId: id, sinceUs: startMs * 1_000 })];
  const set = new RuleSet(rules, { timeZone: 'Asia/Tokyo' });
  const memory = new RuleMemory(context);
  let lastMs = startMs;
  for (const [position, [seconds, line, place]] of lines.entries()) {
    lastMs = startMs + seconds * 1_000;
    const { reading, document } = eventsOf(line, { ...place, position, receivedAt: new Date(lastMs).toISOString() });
    const matches = set.match(reading);
    expect(set.match(document), line).toEqual(matches);
    const told = matches.map((match) => (approval === undefined ? match : { ...match, approval }));
    memory.decide(rules, { createdUs: lastMs * 1_000 + 1, matches: told });
  }
  memory.decide(rules, { createdUs: (lastMs + lastBlockSeconds * 1_000) * 1_000, matches: [] });
  return memory.alerts.size;
}

describe('the starter set', () => {
  it('has some forty rules that can be carried out, each with lines', () => {
    expect(starterRules.length).toBeGreaterThanOrEqual(40);
    expect(new Set(starterRules.map(({ id }) => id)).size).toBe(starterRules.length);
    expect(Object.keys(starterLines).toSorted()).toEqual(starterRules.map(({ id }) => id).toSorted());
    for (const { id, rule } of starterRules) {
      expect(ruleProblems(rule), id).toEqual([]);
      expect(rule.title.ja, id).not.toBe(rule.title.en);
      expect(rule.requirements.length, id).toBeGreaterThan(0);
    }
  });

  it.each(starterRules.map((each) => [each.id, each] as const))('%s', (id, each) => {
    const { fires, staysQuiet, approval } = starterLines[id] ?? { fires: [], staysQuiet: [] };
    expect(alertsOf(each, fires, approval), 'fires').toBeGreaterThan(0);
    expect(alertsOf(each, staysQuiet, approval), 'stays quiet').toBe(0);
  });
});
