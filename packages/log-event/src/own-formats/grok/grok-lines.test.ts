import { describe, expect, it } from 'vitest';
import { expandGrok } from '../expand-grok.ts';
import { grokPatterns } from '../grok-patterns.ts';
import { compileExpression } from '../linear-expression.ts';
import { firewallLines } from './firewall-lines.fixtures.ts';
import { firewallPatterns } from './firewalls.ts';
import { hostLines } from './host-lines.fixtures.ts';

type Keys = Readonly<Record<string, string>>;

/** Of a whole line, or undefined where it does not fit. */
function read(name: string, line: string): Keys | undefined {
  const expanded = expandGrok(`^%{${name}}$`);
  const compiled = expanded.ok ? compileExpression(expanded.source) : undefined;
  if (compiled?.ok !== true) throw new Error(`${name} does not compile`);
  const values = compiled.expression.exec(line);
  return values === undefined ? undefined : Object.fromEntries(values);
}

/** A line of each kind. */
const samples = [...hostLines, ...firewallLines];

describe('the grok patterns of whole lines', () => {
  it.each(samples)('%s reads %s', (name, line, keys) => {
    expect(read(name, line)).toMatchObject(keys);
    expect(read(name, `${line.slice(0, 12)}\u0000`)).toBeUndefined();
  });

  it('are tried by a line each, apart from messages that say no more than their number', () => {
    const tried = new Set(samples.map(([name]) => name));
    const whole = Object.keys(grokPatterns).filter((name) =>
      /LOG$|LINE$|^RT_FLOW\d$|^SQUID|^BIND9$|^EXIM$|^IPTABLES$|^S(?:FW2|HOREWALL)$/.test(name),
    );
    const spokenFor = new Set([
      'COMBINEDAPACHELOG',
      'HTTPD_COMMONLOG',
      'HTTPD20_ERRORLOG',
      'HTTPD24_ERRORLOG',
      'S3_REQUEST_LINE',
      'ELB_REQUEST_LINE',
      'HAPROXYHTTPREQUESTLINE',
      'DATESTAMP_EVENTLOG',
    ]);
    expect(whole.filter((name) => !tried.has(name) && !spokenFor.has(name) && !/CATALINA\d|TOMCAT/.test(name))).toEqual(
      [],
    );
    expect(Object.keys(firewallPatterns).filter((name) => name.startsWith('CISCOFW')).length).toBeGreaterThan(30);
  });
});
