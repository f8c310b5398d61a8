import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileOwnFormat } from './compile-own-format.ts';
import { expandGrok } from './expand-grok.ts';
import { grokPatterns } from './grok-patterns.ts';
import { compileExpression } from './linear-expression.ts';
import { ownFormatLimits, type OwnFormat } from './own-format.ts';
import { tryOwnFormat } from './try-own-format.ts';

const receivedAtUs = Date.parse('2026-11-22T12:00:00Z') * 1000;

const payroll: OwnFormat = {
  name: 'payroll',
  reads: 'record',
  reading: {
    kind: 'grok',
    patterns: [
      '%{TIMESTAMP_ISO8601:when} \\[%{LOGLEVEL:log.level}\\] %{USER:who} %{WORD:act} from %{IP:source.ip}(?: %{GREEDYDATA:note})?',
    ],
  },
  time: { key: 'when', patterns: ['%Y-%m-%d %H:%M:%S'] },
  fields: { who: 'user.name' },
  rules: [
    {
      when: [{ key: 'act', is: ['login'] }],
      set: { 'event.action': 'payroll_login', 'event.category': 'authentication' },
      classes: ['authentication-use'],
    },
    { when: [{ key: 'note', contains: '失敗' }], set: { 'event.outcome': 'failure' }, classes: ['access-denied'] },
    { when: [{ key: 'note', contains: '失敗', not: true }], set: { 'event.outcome': 'success' } },
  ],
};

const read = (format: OwnFormat, ...lines: string[]) => {
  const trial = tryOwnFormat(format, 'Asia/Tokyo');
  if (!trial.ok) throw new Error(JSON.stringify(trial.problems));
  return trial.tryLines(lines.map((line) => ({ line, receivedAtUs })));
};

describe('a format of one’s own', () => {
  it('makes fields, time, outcome and classes of a line', () => {
    const [first, second] = read(
      payroll,
      '2026-11-22 10:00:00 [INFO] yamada LOGIN from 192.0.2.7',
      '2026-11-22 10:00:01 [WARN] suzuki login from 2001:db8::7 パスワード誤りで失敗',
    );
    expect(first?.event).toMatchObject({
      timestampUs: Date.parse('2026-11-22T01:00:00Z') * 1000,
      originalTime: '2026-11-22 10:00:00',
      fields: {
        'event.action': 'payroll_login',
        'event.category': ['authentication'],
        'event.outcome': 'success',
        'user.name': 'yamada',
        'source.ip': '192.0.2.7',
        'log.level': 'INFO',
        'pci.class': ['authentication-use'],
      },
      labels: { act: 'LOGIN' },
      parse: { format: 'payroll', status: 'parsed' },
    });
    expect(second?.event.fields).toMatchObject({
      'event.outcome': 'failure',
      'source.ip': '2001:db8::7',
      'pci.class': ['access-denied', 'authentication-use'],
    });
  });

  it('tells where a line stops fitting, and what was expected there', () => {
    const [line] = read(payroll, '2026-11-22 10:00:00 [INFO] yamada LOGIN von 192.0.2.7');
    expect(line?.isRead).toBe(false);
    expect(line?.miss?.()).toEqual({ position: 39, expected: ' from ' });
    expect(line?.event.parse.status).not.toBe('parsed');
  });

  it('reads what a syslog header leaves, before the formats that the product knows', () => {
    const format: OwnFormat = {
      name: 'door',
      reads: 'message',
      reading: { kind: 'csv', separator: ',', columns: ['badge', 'door', 'event.outcome'] },
      fields: { badge: 'user.id' },
      rules: [{ when: [], set: { 'event.action': 'door_opened' }, classes: ['authentication-use'] }],
    };
    const [line] = read(format, 'Nov 22 10:00:00 gate1 entry: 00050,"server room, north",NG');
    expect(line?.event).toMatchObject({
      timestampUs: Date.parse('2026-11-22T01:00:00Z') * 1000,
      logStream: 'gate1',
      fields: { 'user.id': '00050', 'event.outcome': 'failure', 'event.action': 'door_opened', 'host.name': 'gate1' },
      labels: { door: 'server room, north' },
      parse: { format: 'door', status: 'parsed' },
    });
  });

  it('reads pairs with signs of their own, RE2 expressions and JSON', () => {
    const base = { name: 'x', reads: 'record' } as const;
    const [pairs] = read(
      { ...base, reading: { kind: 'key-value', between: '|', assigns: '->' }, fields: { 利用者: 'user.name' } },
      '利用者->山田|op->"a|b"|空->',
    );
    expect(pairs?.event).toMatchObject({ fields: { 'user.name': '山田' }, labels: { op: 'a|b' } });
    const [expression] = read(
      {
        ...base,
        reading: { kind: 'expression', expressions: ['^never$', '^(?<user.name>\\S+)さんが(?P<act>.+)した$'] },
      },
      '山田さんが退室した',
    );
    expect(expression?.event).toMatchObject({ fields: { 'user.name': '山田' }, labels: { act: '退室' } });
    const [json] = read(
      { ...base, reading: { kind: 'json' }, fields: { 'who.id': 'user.id' } },
      '{"who":{"id":7},"k":[1]}',
    );
    const [xml] = read(
      { ...base, reading: { kind: 'xml' }, fields: { 'login.user@id': 'user.id', 'login.from': 'source.ip' } },
      '<event n="7"><login><user id="42">山田 &amp; 子</user><from>192.0.2.7</from></login></event>',
    );
    expect(xml?.event).toMatchObject({
      fields: { 'user.id': '42', 'source.ip': '192.0.2.7' },
      labels: { 'login.user': '山田 & 子', '@n': '7' },
    });
    expect(json?.event).toMatchObject({ fields: { 'user.id': '7' }, labels: { k: '[1]' } });
  });

  it('says everything that is wrong with it, each at its place', () => {
    const result = compileOwnFormat({
      name: 'Not A Name',
      reads: 'record',
      reading: { kind: 'grok', patterns: ['%{NOPE:a} x', '(?=b)%{WORD:b}'], own: { LOOP: '%{LOOP}' } },
      time: { key: 'gone', patterns: ['%Q'], timeZone: 'Mars/Olympus' },
      fields: { b: 'no.such.field' },
      rules: [{ when: [{ key: 'c' }], set: { 'user.name': '', 'source.port': '1' }, classes: ['nothing' as never] }],
    });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'name name',
      'reading.patterns.0 unknown-pattern',
      'reading.patterns.1 not-linear',
      'fields.b unknown-field',
      'time.timeZone unknown-time-zone',
      'time.patterns.0 bad-time-pattern',
      'rules.0.set.user.name field-type',
      'rules.0.set.source.port field-type',
      'rules.0.classes unknown-class',
    ]);
    expect(result.problems[1]).toMatchObject({ near: '%{NOPE:a}', position: 0 });
  });

  it('says which keys it does not have', () => {
    const result = compileOwnFormat({
      ...payroll,
      time: { key: 'gone', patterns: ['%s'] },
      fields: { other: 'user.id' },
    });
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { path: 'fields.other', code: 'unknown-key', near: 'other' },
        { path: 'time.key', code: 'unknown-key', near: 'gone' },
      ],
    });
  });

  it('cannot be made to run long', () => {
    const evil: OwnFormat = {
      name: 'evil',
      reads: 'record',
      reading: { kind: 'expression', expressions: ['^(?<a>(?:a+)+)$'] },
    };
    const [line] = read(evil, `${'a'.repeat(30_000)}b`);
    expect(line?.isRead).toBe(false);
    const huge = compileExpression('(?<a>(?:x{1000}){2})y{500}z{900}w{999}(?:q{1000}|r{1000}){1,8}');
    expect(huge.ok ? huge.expression.mostChars : 0).toBeLessThan(ownFormatLimits.textChars);
    const circular = expandGrok('%{A}', { A: '%{B}', B: '%{A}' });
    expect(circular).toMatchObject({ ok: false, problem: { code: 'circular-pattern' } });
  });

  it('never throws and never leaves a line out, whatever the line holds', () => {
    const trial = tryOwnFormat(payroll, 'Asia/Tokyo');
    if (!trial.ok) throw new Error('it does not compile');
    assert(
      property(
        array(constantFrom(...Array.from('aZ09 \t\n"\\[](){}=,;:|%<>-山田\u0000\ud83d\udd12\ufffd')), {
          maxLength: 120,
        }).map((chars) => chars.join('')),
        constantFrom('2026-11-22 10:00:00 [INFO] ', '', '{"a":'),
        (text, head) => {
          const [line] = trial.tryLines([{ line: head + text.toWellFormed(), receivedAtUs }]);
          expect(line?.event.message.length).toBeGreaterThanOrEqual(0);
          expect(line?.event.parse.reason).not.toBe('parser-failed');
        },
      ),
    );
  });
});

describe('the grok patterns', () => {
  it.each(Object.keys(grokPatterns))('%s compiles for a linear engine', (name) => {
    const expanded = expandGrok(`^%{${name}:value}$`);
    expect(expanded.ok && compileExpression(expanded.source).ok).toBe(true);
  });

  it.each([
    ['IP', '192.0.2.1', '2001:db8::1', 'fe80::1%eth0'],
    ['MAC', '00-00-00-00-00-01', '0011.2233.4455', '00:11:22:33:44:55'],
    ['TIMESTAMP_ISO8601', '2026-11-22 10:00:00', '2026-11-22T10:00:00.123456+09:00', '2026-11-22T10:00Z'],
    ['HTTPDATE', '22/Nov/2026:10:00:00 +0900'],
    ['SYSLOGTIMESTAMP', 'Nov 22 10:00:00', 'Nov  2 10:00:00'],
    ['DATE_JP', '2026年11月22日', '2026/11/22'],
    ['URI', 'https://user:pw@example.com:8443/a/b?c=d#e'],
    ['QUOTEDSTRING', '"a \\" b"', "'it'"],
    ['EMAILADDRESS', 'a.b+c@example.co.jp'],
    ['HOSTNAME', 'web01.example.com', 'db_1'],
    ['UUID', '123e4567-e89b-12d3-a456-426614174000'],
    ['NUMBER', '-1.5', '+2', '.5'],
    ['PATH', '/var/log/a b'.slice(0, 10), 'C:\\Windows\\System32'],
    ['LOGLEVEL', 'WARN', 'information', 'Err'],
  ])('%s reads its kind whole', (name, ...values) => {
    const expanded = expandGrok(`^%{${name}:value}$`);
    const compiled = expanded.ok ? compileExpression(expanded.source) : undefined;
    for (const value of values) {
      expect(compiled?.ok === true ? compiled.expression.exec(value)?.get('value') : undefined).toBe(value);
    }
  });
});

describe('an event of several lines', () => {
  const batch: OwnFormat = {
    name: 'batch',
    reads: 'record',
    begins: String.raw`^\d{4}-\d\d-\d\d `,
    reading: {
      kind: 'expression',
      expressions: [String.raw`^(?<when>\S+ \S+) job (?<job>\w+)\n\s+user=(?<who>\w+)(?:\n\s+result=(?<result>\w+))?`],
    },
    time: { key: 'when', patterns: ['%Y-%m-%d %H:%M:%S'] },
    fields: { who: 'user.name' },
    rules: [{ when: [{ key: 'result', is: ['ng'] }], set: { 'event.outcome': 'failure' } }],
  };

  it('is read as one, and its other lines say whose part they are', () => {
    const tried = read(
      batch,
      '  from before',
      '2026-11-22 10:00:00 job close',
      '  user=yamada',
      '  result=NG',
      '2026-11-22 10:01:00 job open\r\n',
      '  user=suzuki\r\n',
      '2026-11-22 10:02:00 job alone',
    );
    expect(tried.map(({ isRead, partOf }) => [isRead, partOf])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, 1],
      [true, 1],
      [true, undefined],
      [true, 4],
      [false, undefined],
    ]);
    expect(tried[1]?.event).toMatchObject({
      timestampUs: Date.parse('2026-11-22T01:00:00Z') * 1000,
      message: '2026-11-22 10:00:00 job close',
      fields: { 'user.name': 'yamada', 'event.outcome': 'failure' },
      labels: { job: 'close' },
      parse: { format: 'batch', status: 'parsed' },
    });
    expect(tried[2]?.event).toMatchObject({ fields: {}, parse: { format: 'batch', status: 'partial' } });
    expect(tried[4]?.event.fields['user.name']).toBe('suzuki');
  });

  it('never gives a card number that masking has not seen', () => {
    const wide: OwnFormat = {
      name: 'wide',
      reads: 'record',
      begins: '^# ',
      reading: { kind: 'expression', expressions: [String.raw`^# (?<all>[\s\S]*)$`] },
    };
    const [first] = read(wide, '# pay 4556734', '500085943 now');
    expect(first?.event.labels['all']).toBe('pay *******\n********* now');
  });

  it('does not look for a first line in a text that would cost more than a line may', () => {
    const compiled = compileExpression('^# (?:x?){1000}(?:y?){1000}(?:z?){1000}');
    if (!compiled.ok) throw new Error('it does not compile');
    const { expression } = compiled;
    const { mostChars } = expression;
    expect(mostChars).toBeLessThan(ownFormatLimits.textChars);
    const fits = `# ${'y'.repeat(mostChars - 2)}`;
    expect([expression.exec(fits) === undefined, expression.matchEnd(fits) < 0]).toEqual([false, false]);
    expect([expression.exec(`${fits}y`) === undefined, expression.matchEnd(`${fits}y`) < 0]).toEqual([true, true]);
  });

  it('is not for what a header leaves, and its expression is checked like any other', () => {
    const problems = (more: Partial<OwnFormat>) => {
      const found = compileOwnFormat({ ...batch, ...more });
      return found.ok ? [] : found.problems.filter(({ path }) => path === 'begins').map(({ code }) => code);
    };
    expect(problems({})).toEqual([]);
    expect(problems({ reads: 'message' })).toEqual(['not-for-messages']);
    expect(problems({ begins: '(?=x)' })).toEqual(['not-linear']);
    expect(problems({ begins: '' })).toEqual(['empty']);
  });
});
