import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation } from './expectation.ts';
import { classesOfLine, classesOfRule } from './wazuh-classes.ts';

interface Case {
  file: string;
  lines: string[];
  decoder: string;
  rule: string;
  pci_3: string[];
  groups: string[];
}

/** Formats of ours that read what a decoder of theirs takes. */
const formatsOfDecoder: Readonly<Record<string, readonly string[]>> = {
  'apache-errorlog': ['apache-error'],
  auditd: ['auditd'],
  'cisco-asa': ['cisco-asa'],
  'cisco-ios': ['cisco-ios'],
  kernel: ['netfilter'],
  named: ['named', 'bind'],
  'nginx-errorlog': ['nginx-error'],
  openldap: ['openldap', 'slapd'],
  json: ['windows-event'],
  pam: ['pam'],
  sshd: ['sshd', 'pam'],
  su: ['su', 'pam'],
  sudo: ['sudo'],
  systemd: ['systemd', 'system-clock'],
};

export function wazuhExpectations(folder: string): Expectation[] {
  const lines = readFileSync(join(folder, 'wazuh/cases.jsonl'), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const found = JSON.parse(line) as Case;
    const formats = formatsOfDecoder[found.decoder];
    return found.lines.map((text, at) => ({
      part: `wazuh/${found.file}`,
      place: `cases.jsonl:${index + 1}, rule ${found.rule}, line ${at + 1}`,
      line: text,
      receivedAt: '2026-06-01T00:00:00Z',
      fields: formats === undefined ? [] : [{ name: 'decoder', ours: ['format'], value: formats.join('|') }],
      classes: classesOfLine(text, classesOfRule(found)),
    }));
  });
}
