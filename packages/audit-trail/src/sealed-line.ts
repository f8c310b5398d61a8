import { actorName } from './audit-sentence.ts';
import type { AuditEventType } from './audit-action.ts';
import type { AuditActor, AuditOrigin } from './audit-event.ts';
import { AuditRecordTooLargeError, boundedText, keptText, longestLineBytes, textLimit } from './kept-text.ts';
import { sourceOf } from './line-source.ts';

interface SealedKind {
  readonly type: AuditEventType;
  readonly category: string;
  readonly label: { readonly ja: string; readonly en: string };
}

/** What is sealed beside the audit trail, by `event.action`. */
export const sealedActions = Object.freeze({
  'report.sealed': kind(['creation', 'database'], 'Report sealed', 'レポートを封緘'),
  'review.submitted': kind(['creation', 'database'], 'Log review submitted', 'ログレビューを提出'),
  'review.returned': kind(['change', 'database'], 'Log review sent back', 'ログレビューを差戻し'),
  'review.approved': kind(['change', 'database'], 'Log review approved', 'ログレビューを承認'),
  'review.addendum': kind(['change', 'database'], 'Addendum to a log review', 'ログレビューへの追記'),
  'review.missed': kind(['info', 'database'], 'Log review missed', 'ログレビューの未実施'),
  'signing-credential.enrolled': kind(['creation', 'iam'], 'Signing credential enrolled', '署名用の認証器を登録'),
  'signing-credential.ended': kind(['deletion', 'iam'], 'Signing credential ended', '署名用の認証器を終了'),
});

export type SealedAction = keyof typeof sealedActions;

/** A value of `akashi.<part>.*`: the catalogue of `@akashi/log-event` has the names; others become labels. */
export type SealedValue =
  string | number | boolean | null | readonly SealedValue[] | { readonly [name: string]: SealedValue };

export interface SealedEntry {
  /** Unique, `event.id`; the same entry sent twice under it is one line. */
  readonly id: string;
  readonly at: Date;
  /** The product's part that seals it. */
  readonly service: string;
  readonly actor: AuditActor;
  readonly origin: AuditOrigin;
  readonly action: SealedAction;
  /** What it is about, in the sentence that people read: `ログイン失敗一覧 2026-11-29`. */
  readonly about: string;
  /** `{ report: {…} }` stands at `akashi.report.*`. Not masked and not shortened: it is what is proven. */
  readonly part: Readonly<Record<string, SealedValue>>;
}

/**
 * What the line proves would not outlive masking: the pipeline would take a part of it for card data, and the sealed line
 * would say something else. Holds nothing of the line.
 */
export class SealedLineMaskedError extends Error {
  override readonly name = 'SealedLineMaskedError';

  constructor() {
    super('a line to be sealed holds what masking takes for card data');
  }
}

/**
 * One line of `akashi/reports` or `akashi/reviews`: JSON with ECS names and the six parts of PCI DSS 10.2.2 (user, type,
 * date and time, outcome, origination, and what was affected in `akashi.*`). The same entry gives the same bytes. Throws a
 * `SealedLineMaskedError` when the pipeline would not keep the line to the last character, and an
 * `AuditRecordTooLargeError` over 200 KiB.
 */
export function formatSealedLine(entry: SealedEntry): string {
  const { type, category, label } = sealedActions[entry.action];
  const { actor, origin } = entry;
  const name = boundedText(actor.name === '' ? 'unknown' : actor.name, textLimit.name);
  const line = JSON.stringify({
    '@timestamp': entry.at.toISOString(),
    message: `${label.en} (${label.ja}): ${boundedText(entry.about, textLimit.name)}, ${actorName(actor)}.`,
    event: { id: entry.id, action: entry.action, category, type, outcome: 'success' },
    user: {
      // An id was drawn before anybody thought of this line: where masking takes a part of it, the name tells who it was.
      id: boundedText(keptText(actor.id ?? 'unknown'), textLimit.name),
      name,
      ...(actor.email === undefined ? {} : { email: boundedText(actor.email, textLimit.name) }),
      ...(actor.role === undefined ? {} : { roles: boundedText(actor.role, textLimit.name) }),
    },
    source: sourceOf(origin.address),
    ...(origin.requestId === undefined
      ? {}
      : { http: { request: { id: boundedText(origin.requestId, textLimit.address) } } }),
    service: { name: `akashi-${entry.service}` },
    akashi: entry.part,
  });
  if (new TextEncoder().encode(line).length > longestLineBytes) throw new AuditRecordTooLargeError();
  if (keptText(line) !== line) throw new SealedLineMaskedError();
  return line;
}

/** Whether masking leaves a text as it is: ids that are drawn at random are drawn again until it does. */
export function outlivesMasking(text: string): boolean {
  return keptText(text) === text;
}

function kind([type, category]: readonly [AuditEventType, string], en: string, ja: string): SealedKind {
  return { type, category, label: { ja, en } };
}
