/** Packets that BSD's pf logs: `filterlog` of pfSense and OPNsense (one line of CSV), and pf's own text. */

import type { EventDraft } from '../../event-draft.ts';
import { readCsvRow } from '../../csv-row.ts';
import { fillNamed, messageRow as row, messageTable, readByTable } from '../message-rows.ts';

/** Columns after the version of IP, which is the ninth. */
const columns: Readonly<Record<string, string>> = {
  '4': '- - - - - - label:protocol network.transport label:length source destination source.port destination.port',
  '6': '- - - network.transport label:protocol label:length source destination source.port destination.port',
};
const versionColumn = 8;
const ports = new Set(['tcp', 'udp']);

export function readFilterlog(draft: EventDraft, message: string): boolean {
  const cells = readCsvRow(message, 0, { most: 32 });
  const names = columns[cells[versionColumn] ?? '']?.split(' ');
  const action = cells[6];
  if (names === undefined || (action !== 'block' && action !== 'pass' && action !== 'reject')) return false;
  draft.parsedAs('pf');
  if (action === 'pass') draft.event('pf_permitted', 'network', 'success');
  else draft.event('pf_denied', 'network', 'failure');
  draft.keyword('rule.id', cells[3] || cells[0]);
  draft.keyword('observer.ingress.interface.name', cells[4]);
  draft.keyword('network.direction', cells[7] === 'in' ? 'inbound' : 'outbound');
  const transport = cells[versionColumn + 1 + names.indexOf('network.transport')]?.toLowerCase() ?? '';
  names.forEach((name, index) => {
    const value = cells[versionColumn + 1 + index] ?? '';
    if (name === '-' || value === '' || (name.endsWith('.port') && !ports.has(transport))) return;
    fillNamed(draft, name, value);
  });
  return true;
}

const end = '([0-9A-Fa-f.:]{2,45}?)(?:\\.(\\d{1,5}))?';
const ends = `${end} > ${end}: `;
const text = messageTable([
  row(
    `^rule (\\S{1,32})\\(\\w{1,16}\\):? (?:block|reject) (?:in|out) on (\\S{1,32}): ${ends}`,
    'pf_denied network failure',
    'rule.id observer.ingress.interface.name source source.port destination destination.port',
  ),
  row(
    `^rule (\\S{1,32})\\(\\w{1,16}\\):? (?:pass|match) (?:in|out) on (\\S{1,32}): ${ends}`,
    'pf_permitted network success',
    'rule.id observer.ingress.interface.name source source.port destination destination.port',
  ),
]);

export function readPf(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message, text)) return false;
  draft.parsedAs('pf');
  return true;
}
