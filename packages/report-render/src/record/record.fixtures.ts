import {
  addendumFormat,
  recordBytes,
  recordFormat,
  recordSha256,
  signatureDomain,
  type RecordItem,
  type RecordPerson,
  type ReviewAddendum,
  type ReviewRecord,
  type SignatureEnvelope,
  type SigningAction,
} from '@akashi/report/record';
import type { KeptSignature, RecordTask } from './record-task.ts';

export const sato: RecordPerson = { id: 'p1', name: '佐藤 花子', email: 'sato@example.jp' };
export const suzuki: RecordPerson = { id: 'p2', name: '鈴木 一郎', email: 'suzuki@example.jp' };

const tenant = { id: 't1', name: '証デモ商店' };
const sealed = '0197b2c1-2222-7000-8000-000000000001';

export function item(change: Partial<RecordItem> = {}): RecordItem {
  return {
    id: 'i1',
    report: { id: 'failed-sign-ins', number: 3, version: 1, title: { ja: 'ログイン失敗一覧', en: 'Failed sign-ins' } },
    area: { id: 'a1', name: 'データベース', category: 'card-data-systems' },
    run: {
      id: '0197b2c1-1111-7000-8000-000000000003',
      kind: 'duty',
      state: 'done',
      rows: 42,
      flagged: 0,
      ndjsonSha256: 'ab'.repeat(32),
    },
    addenda: [],
    usual: { low: 30, middle: 40, high: 60, days: 6 },
    verdict: { result: 'clear', version: 1, reasons: [{ code: 'as-usual', params: {} }] },
    result: 'no-finding',
    decidedBy: sato,
    decidedAt: '2026-11-21T00:31:00.000Z',
    isBulk: true,
    comment: null,
    looks: [],
    finding: null,
    ...change,
  };
}

/** With an elevation outside approval that became a finding. */
export function review(change: Partial<ReviewRecord> = {}): ReviewRecord {
  const elevation = item({
    report: {
      id: 'privilege-elevations',
      number: 5,
      version: 1,
      title: { ja: '特権権限への昇格の一覧', en: 'Elevations of privileges' },
    },
    verdict: { result: 'needs-look', version: 1, reasons: [{ code: 'flagged-rows', params: { count: 1 } }] },
    result: 'exception',
    isBulk: false,
    comment: '承認の時間外に昇格している。',
    looks: [{ by: sato, seconds: 95 }],
    finding: 12,
  });
  return {
    format: recordFormat,
    tenant,
    day: '2026-11-20',
    timeZone: 'Asia/Tokyo',
    period: { from: '2026-11-19T15:00:00.000Z', to: '2026-11-20T15:00:00.000Z' },
    revision: 1,
    startedAt: '2026-11-20T15:04:00.000Z',
    dueAt: '2026-11-21T03:00:00.000Z',
    isLate: false,
    lateReason: null,
    versions: { product: '0.1.0', catalogue: 4 },
    reviewer: sato,
    delegation: null,
    items: [item(), elevation],
    reference: [{ report: item().report, area: item().area, run: item().run }],
    findings: [
      {
        id: 'f1',
        number: 12,
        title: '承認外の特権昇格',
        state: 'instructed',
        severity: 'high',
        owner: suzuki,
        dueOn: '2026-11-27',
        who: '山田 太郎',
        when: '2026-11-20T06:01:00.000Z',
        system: 'db01',
        reason: '承認の時間外',
        cause: null,
        action: null,
        outcome: null,
        ticket: 'OPS-7',
        lines: [{ eventId: '0197b2c1-0000-7000-8000-000000000001', recordSha256: 'cd'.repeat(32) }],
        notes: [{ kind: 'escalation', by: sato, at: '2026-11-21T00:40:00.000Z', text: '確認をお願いします。' }],
      },
    ],
    incidents: [
      { id: 'n1', kind: 'source-silent', where: 'web02', startedAt: '2026-11-20T02:00:00.000Z', state: 'closed' },
    ],
    statement: '対象日のすべての確認項目を確認しました。',
    comment: null,
    ...change,
  };
}

export interface Signing {
  readonly action: SigningAction;
  readonly by: RecordPerson;
  readonly method?: 'passkey' | 'code';
  readonly revision?: number;
  readonly separationReason?: string;
  readonly isSynced?: boolean;
}

export function signature(over: Uint8Array, signing: Signing): KeptSignature {
  const { action, by, method = 'passkey', revision = 1, separationReason = null, isSynced = false } = signing;
  const base = {
    format: signatureDomain,
    statement: {
      domain: signatureDomain,
      tenant: tenant.id,
      day: '2026-11-20',
      revision,
      recordSha256: recordSha256(over),
      action,
      signer: by,
      at: action === 'reviewed' ? '2026-11-21T01:00:00.000Z' : '2026-11-21T02:30:00.000Z',
      comment: action === 'returned' ? '指摘の担当者を決めてください。' : null,
      separationReason,
      random: 'A'.repeat(43),
    },
  } as const;
  const envelope: SignatureEnvelope =
    method === 'passkey'
      ? {
          ...base,
          method,
          credentialId: 'Y3JlZA',
          enrolmentSha256: 'ef'.repeat(32),
          clientDataJSON: '',
          authenticatorData: '',
          signature: '',
        }
      : {
          ...base,
          method,
          stepUp: { at: '2026-11-21T00:59:00.000Z', methods: ['password', 'totp'] },
          key: 'akashi.log/t1+01234567',
          signature: '',
        };
  return {
    envelope: Buffer.from(JSON.stringify(envelope)),
    isSynced: method === 'passkey' ? isSynced : null,
    sealedAs: sealed,
  };
}

export function addendumTo(record: ReviewRecord): ReviewAddendum {
  return {
    format: addendumFormat,
    tenant,
    day: record.day,
    number: 1,
    revision: record.revision,
    recordSha256: recordSha256(recordBytes(record)),
    by: sato,
    text: '作業票の番号を追記します: OPS-9',
  };
}

export function taskOf(
  record: ReviewRecord,
  signings: readonly Signing[],
  rest: Partial<Omit<RecordTask, 'record'>> = {},
): RecordTask {
  const canonical = recordBytes(record);
  return {
    language: 'ja',
    record: { canonical, sealedAs: sealed },
    signatures: signings.map((signing) => signature(canonical, signing)),
    addenda: [],
    ...rest,
  };
}
