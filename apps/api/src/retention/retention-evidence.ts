import { createHash } from 'node:crypto';
import type { LogGroupKeeping, LogStreamKeeping, RetentionAnswer, RetentionEvidenceQuery } from '@akashi/contracts';
import { writeCsv } from '../access/write-csv.ts';
import type { FileHead } from '../openapi/answers-file.ts';
import type { KeptWithStreams } from './retention.service.ts';

export const evidenceTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

const columns = {
  en: [
    'As of',
    'Requirement',
    'Log group',
    'Log stream',
    'In PCI scope',
    'Reason for exclusion',
    'Retention policy',
    'Days online',
    'Days kept',
    'First record received',
    'Last record received',
    'Oldest online',
    'Oldest kept',
    'Three months online',
    'Why (online)',
    'Twelve months kept',
    'Why (kept)',
    'As old as asked on',
    'Next deletion',
    'Legal holds',
  ],
  ja: [
    '時点',
    '要件',
    'ロググループ',
    'ログストリーム',
    'PCI 対象範囲',
    '対象外の理由',
    '保存ポリシー',
    'オンライン日数',
    '保存日数',
    '最初の受信',
    '最後の受信',
    'オンラインの最古',
    '保存中の最古',
    '直近3か月のオンライン',
    '理由（オンライン）',
    '12か月の保存',
    '理由（保存）',
    '必要な期間に達する日',
    '次の廃棄',
    'リーガルホールド',
  ],
} as const;

/**
 * What an auditor takes along (PCI DSS 10.5.1): by log group and stream the oldest online and the oldest kept. The same state at
 * the same moment gives the same bytes.
 */
export function retentionEvidence(
  { answer, items }: { answer: RetentionAnswer; items: readonly KeptWithStreams[] },
  { format, language }: RetentionEvidenceQuery,
): { head: FileHead; bytes: Buffer } {
  const text = format === 'csv' ? asCsv(answer, items, language) : asJson(answer, items);
  const bytes = Buffer.from(text, 'utf8');
  const name = `retention-${answer.asOf.slice(0, 10)}.${format}`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const head = { type: evidenceTypes[format], bytes: bytes.length, sha256, name: { plain: name, full: name } };
  return { head, bytes };
}

/** What still waits or moves is no evidence. */
function asJson({ waiting: _waits, ...answer }: RetentionAnswer, items: readonly KeptWithStreams[]): string {
  const rows = items.map(({ keeping: { waiting: _asked, raising: _moves, ...keeping }, streams }) => ({
    ...keeping,
    streams,
  }));
  return `${JSON.stringify({ ...answer, items: rows }, null, 2)}\n`;
}

function asCsv(answer: RetentionAnswer, items: readonly KeptWithStreams[], language: 'ja' | 'en'): string {
  const rows = items.flatMap(({ keeping, streams }) => [
    rowOf(answer, keeping),
    ...streams.map((stream) => rowOf(answer, keeping, stream)),
  ]);
  return writeCsv(columns[language], rows);
}

type Standing = Pick<LogStreamKeeping, 'since' | 'lastReceivedAt' | 'oldestOnline' | 'oldestKept' | 'verdict'>;

function rowOf(
  { asOf, requirement }: RetentionAnswer,
  group: LogGroupKeeping,
  stream?: LogStreamKeeping,
): (string | null)[] {
  const { policy, inScope, scopeException, holds, nextDeletionAt } = group;
  const { since, lastReceivedAt, oldestOnline, oldestKept, verdict }: Standing = stream ?? group;
  return [
    asOf,
    requirement,
    group.logGroup,
    stream?.logStream ?? '',
    inScope ? 'yes' : 'no',
    scopeException?.reason ?? '',
    policy.id,
    String(policy.onlineDays),
    policy.keptDays === null ? 'never expires' : String(policy.keptDays),
    since,
    lastReceivedAt,
    oldestOnline,
    oldestKept,
    verdict.online.state,
    verdict.online.reason,
    verdict.kept.state,
    verdict.kept.reason,
    verdict.youngUntil,
    stream === undefined ? nextDeletionAt : '',
    stream === undefined ? String(holds.length) : '',
  ];
}
