import { describe, expect, it } from 'vitest';
import { eventsOf, inForce } from '../lines.fixtures.ts';
import { RuleSet } from '../matching/rule-set.ts';
import { parseSigma } from './parse-sigma.ts';
import { sigmaRule } from './sigma-rule.ts';
import { base64Offsets, windashVariants } from './sigma-values.ts';

const logSource = {
  ssh: 'logsource: {product: linux, service: sshd}',
  windows: 'logsource: {product: windows, category: process_creation}',
};

function ruleOf(detection: string, source = logSource.ssh): string {
  return `title: A rule\nid: 11111111-1111-4111-8111-111111111111\nauthor: An Author\nlevel: high\n${source}\ndetection:\n${detection}`;
}

/** Whether the rule finds the line, by the reading and by the document, with the prefilter and without. */
function finds(detection: string, line: string, source = logSource.ssh): boolean {
  const text = ruleOf(detection, source);
  const parsed = parseSigma(text);
  if (!parsed.ok) throw new Error(parsed.problem.code);
  const rules = [inForce(sigmaRule(text, parsed.file))];
  const { reading, document } = eventsOf(line);
  const answers = [true, false].flatMap((hasPrefilter) => {
    const set = new RuleSet(rules, { timeZone: 'Asia/Tokyo' }, { hasPrefilter });
    return [set.match(reading).length, set.match(document).length];
  });
  expect(new Set(answers).size, detection).toBe(1);
  return answers[0] === 1;
}

const ssh = '<38>Nov 30 12:00:00 web1 sshd[4242]: Failed password for root from 203.0.113.7 port 50022 ssh2';

describe('conditions', () => {
  const searches = '  a: [Failed]\n  b: [nothing]\n  b_two: [root]\n  condition: ';
  it.each([
    ['a', true],
    ['b', false],
    ['a and not b', true],
    ['a or b and b', true],
    ['(a or b) and b', false],
    ['not (b or not a)', true],
    ['1 of them', true],
    ['all of them', false],
    ['1 of b*', true],
    ['all of b*', false],
    ['a and 1 of b_*', true],
    ['[a, b]', true],
  ])('%s', (condition, isFound) => {
    expect(finds(searches + condition, ssh)).toBe(isFound);
  });
});

describe('fields and modifiers', () => {
  it.each([
    ['user.name: root', true],
    ['user.name: ROOT', true],
    ['user.name|cased: ROOT', false],
    ['user.name: r?o*', true],
    ['user.name|startswith: ro', true],
    ['user.name|endswith: [x, ot]', true],
    ['user.name|contains|all: [r, t]', true],
    ['user.name|contains|all: [r, x]', false],
    ['user.name|re: "^r.+t$"', true],
    ['user.name|re: "^R.+t$"', false],
    ['user.name|re|i: "^R.+t$"', true],
    ['source.ip|cidr: 203.0.113.0/24', true],
    ['source.ip|cidr: 2001:db8::/32', false],
    ['source.port|gte: 50022', true],
    ['source.port|lt: 50022', false],
    ['user.name|exists: true', true],
    ['user.name|exists: false', false],
    ['user.domain: null', true],
    ["user.domain: ''", true],
    ['user.name: null', false],
    ['user.name|fieldref: process.name', false],
    ['process.name|fieldref: process.name', true],
  ])('%s', (item, isFound) => {
    expect(finds(`  a:\n    ${item}\n  condition: a`, ssh)).toBe(isFound);
  });

  it('read values of command lines in their other forms', () => {
    const event = (data: string): string =>
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/>' +
      '<EventID>1</EventID><TimeCreated SystemTime="2026-11-30T03:00:00.000Z"/><Computer>WS1</Computer>' +
      `<Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData>${data}</EventData></Event>`;
    const line = event(
      '<Data Name="Image">C:\\Windows\\System32\\whoami.exe</Data><Data Name="CommandLine">whoami.exe \u2013priv all</Data>' +
        '<Data Name="OriginalFileName">whoami.exe</Data><Data Name="User">NT AUTHORITY\\SYSTEM</Data>',
    );
    const found = (item: string): boolean => finds(`  a:\n    ${item}\n  condition: a`, line, logSource.windows);
    expect(found("CommandLine|contains|windash: ' -priv '")).toBe(true);
    expect(found("CommandLine|contains: ' -priv '")).toBe(false);
    expect(found("Image|endswith: '\\whoami.exe'")).toBe(true);
    expect(found('OriginalFileName: whoami.exe')).toBe(true);
    expect(found("User|contains: 'AUTHORI'")).toBe(true);
    expect(found('EventID: 1')).toBe(true);
    expect(finds('  a:\n    Image|endswith: whoami.exe\n  condition: a', ssh, logSource.windows)).toBe(false);
    const encoded = Buffer.from('xIEX (New-Object Net.WebClient)', 'utf16le').toString('base64');
    const shell = event(
      `<Data Name="Image">C:\\powershell.exe</Data><Data Name="CommandLine">powershell -enc ${encoded}</Data>`,
    );
    const item = 'CommandLine|wide|base64offset|contains: "IEX (New"';
    expect(finds(`  a:\n    ${item}\n  condition: a`, shell, logSource.windows)).toBe(true);
  });

  it('read the records of Linux audit one by one, with what they hold in hexadecimal', () => {
    const source = 'logsource: {product: linux, service: auditd}';
    const record = 'type=EXECVE msg=audit(1700000000.123:45): argc=3 a0="chmod" a1=752B73 a2="/bin/sh"';
    const detection = '  a:\n    type: EXECVE\n    a0: chmod\n    a1: u+s\n  condition: a';
    expect(finds(detection, record, source)).toBe(true);
    expect(finds(detection, record.replace('chmod', 'chown'), source)).toBe(false);
  });

  it('find words in a record, whatever they are next to, and rules in lists of maps', () => {
    expect(finds("  a:\n    - 'ailed pass'\n  condition: a", ssh)).toBe(true);
    expect(finds("  a:\n    '|all':\n      - failed\n      - 203.0.113.7\n  condition: a", ssh)).toBe(true);
    expect(finds('  a:\n    - user.name: nobody\n    - user.name: root\n  condition: a', ssh)).toBe(true);
    expect(finds('  a:\n    - 失敗\n  condition: a', ssh.replace('Failed', '失敗'))).toBe(true);
  });
});

describe('what cannot be honoured', () => {
  it.each([
    ['  a: [x]\n  condition: a | count() > 5', 'aggregation'],
    ['  a: [x]\n  timeframe: 5m\n  condition: a', 'aggregation'],
    ['  a: [x]\n  condition: b', 'condition-name-unknown'],
    ['  a: [x]\n  condition: a and', 'condition-unreadable'],
    ['  a: [x]\n  condition: (a', 'condition-unreadable'],
    ['  a: [x]\n  condition: 2 of them', 'condition-unreadable'],
    ['  a: [x]', 'condition-missing'],
    ['  a:\n    x|near: y\n  condition: a', 'modifier-unknown'],
    ['  a:\n    x|contains|endswith: y\n  condition: a', 'modifiers-contradict'],
    ['  a:\n    x|expand: "%admins%"\n  condition: a', 'placeholder'],
    ['  a:\n    x|re: "(?=a)"\n  condition: a', 'expression-unreadable'],
    ['  a:\n    x|cidr: 10.0.0.0/99\n  condition: a', 'network-unreadable'],
    ['  a:\n    x|gt: many\n  condition: a', 'value-unreadable'],
    ['  a: []\n  condition: a', 'value-unreadable'],
  ])('%s is refused as %s', (detection, code) => {
    expect(parseSigma(ruleOf(detection))).toMatchObject({ ok: false, problem: { code } });
  });

  it.each([
    ['title: A\nlogsource: {product: macos, category: process_creation}', 'log-source-unknown'],
    ['title: A\ndetection: {}', 'log-source-missing'],
    ['title: A\nlogsource: {product: windows}', 'detection-missing'],
    ['title: A\ncorrelation: {type: event_count}', 'correlation'],
    ['a: 1\n---\nb: 2', 'several-documents'],
    ['a: [', 'yaml-unreadable'],
    ['- a', 'not-a-rule'],
    [`title: ${'x'.repeat(600_000)}`, 'too-large'],
  ])('a file is refused', (source, code) => {
    expect(parseSigma(source)).toMatchObject({ ok: false, problem: { code } });
  });
});

it('knows the forms of a dash, and what Base64 makes of a text at each offset', () => {
  expect(windashVariants('cmd -c x-y')).toEqual(['cmd -c x-y', 'cmd /c x-y', 'cmd –c x-y', 'cmd —c x-y', 'cmd ―c x-y']);
  const text = 'foobar';
  for (const [offset, found] of base64Offsets(Buffer.from(text)).entries()) {
    expect(Buffer.from(`${'z'.repeat(offset)}${text}zz`).toString('base64')).toContain(found);
  }
});
