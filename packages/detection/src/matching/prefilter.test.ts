import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventsOf, head, inForce } from '../lines.fixtures.ts';
import type { Rule } from '../rules/rule.ts';
import { RuleSet } from './rule-set.ts';

const words = [
  'failed',
  'ＦＡＩＬＥＤ',
  'root',
  'Accepted',
  'が',
  'ログイン',
  'session opened',
  '/etc/passwd',
  '#012',
  'K',
];
const word = fc.constantFrom(...words);
const field = fc.constantFrom('user.name', 'process.name', 'event.action', 'labels.k', 'record', 'log.group');
const condition = fc.oneof(
  word.map((text) => `"${text}"`),
  fc.tuple(field, word).map(([name, text]) => `${name}:"${text}"`),
  fc.constantFrom(
    'fail*',
    'user.name:r*t',
    'parse.format:sshd',
    'parse.format:(sudo OR json)',
    'parse.format:json event.code:7',
    'event.code:7',
    'class:authentication-use',
    'pci:10.2.1.4',
    'source.ip:203.0.113.0/24',
    'process.pid>10',
    'user.name:*',
  ),
);
const query = fc
  .array(fc.tuple(fc.constantFrom('', 'NOT '), condition), { minLength: 1, maxLength: 4 })
  .chain((parts) =>
    fc.constantFrom(' AND ', ' OR ').map((by) => parts.map(([not, part]) => `${not}(${part})`).join(by)),
  );

const sigmaValue = fc.constantFrom("'*fail*'", 'root', "'r?ot'", "'ＦＡＩＬＥＤ'", "'が'", "''", 'null', '5');
const sigmaItem = fc
  .tuple(
    fc.constantFrom('user.name', 'process.name', 'k', ''),
    fc.constantFrom('', '|contains', '|endswith', '|contains|all'),
    fc.array(sigmaValue, { minLength: 1, maxLength: 3 }),
  )
  .map(([name, modifier, values]) => `'${name}${modifier}': [${values.join(', ')}]`);
const sigma = fc
  .tuple(sigmaItem, sigmaItem, fc.constantFrom('a', 'a and b', 'a or b', 'a and not b', 'not a'))
  .map(
    ([a, b, text]) =>
      `title: T\nlogsource: {product: linux}\ndetection:\n  a:\n    ${a}\n  b:\n    ${b}\n  condition: ${text}`,
  );

const rule: fc.Arbitrary<Rule> = fc.oneof(
  query.map((where): Rule => ({ ...head, kind: 'match', where })),
  sigma.map((source): Rule => ({ ...head, kind: 'sigma', source })),
);
const line = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => `<38>Nov 30 12:00:00 web1 app: ${parts.join(' ')}`),
  fc
    .tuple(word, word)
    .map(
      ([user, verb]) => `<38>Nov 30 12:00:00 web1 sshd[42]: ${verb} password for ${user} from 203.0.113.7 port 5 ssh2`,
    ),
  fc.tuple(word, word).map(([k, code]) => JSON.stringify({ k, message: code, event: { code: '7' } })),
);

it('answers the same with the prefilter and without, of a reading and of its document', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 8 }),
      fc.array(line, { minLength: 1, maxLength: 4 }),
      (rules, lines) => {
        const named = rules.map((each, index) => inForce(each, { ruleId: `r${index}` }));
        const settings = { timeZone: 'Asia/Tokyo' };
        const fast = new RuleSet(named, settings);
        const slow = new RuleSet(named, settings, { hasPrefilter: false });
        for (const each of lines) {
          const { reading, document } = eventsOf(each);
          const expected = slow.match(reading);
          expect(fast.match(reading)).toEqual(expected);
          expect(slow.match(document)).toEqual(expected);
          expect(fast.match(document)).toEqual(expected);
        }
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
