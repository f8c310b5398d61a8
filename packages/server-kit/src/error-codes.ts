export interface ErrorKind {
  /** HTTP status where the error reaches a caller. */
  status: number;
  level: 'debug' | 'info' | 'warn' | 'error';
  /** Whether the same attempt may succeed later. Decides a job's retry. */
  retryable: boolean;
  title: { ja: string; en: string };
}

const refused = (status: number, ja: string, en: string): ErrorKind => ({
  status,
  level: 'debug',
  retryable: false,
  title: { ja, en },
});

const passing = (status: number, ja: string, en: string): ErrorKind => ({
  status,
  level: 'warn',
  retryable: true,
  title: { ja, en },
});

const fault = (ja: string, en: string): ErrorKind => ({
  status: 500,
  level: 'error',
  retryable: false,
  title: { ja, en },
});

/** The one table from code to HTTP status, log level and whether to try again. */
export const errorKinds = {
  'request-invalid': refused(400, 'リクエストの形式が正しくありません', 'The request is not valid'),
  'query-unreadable': refused(400, '検索式に誤りがあります', 'The query has an error'),
  'name-invalid': refused(400, '名前に使えない文字が含まれています', 'The name is not valid'),
  'body-invalid': refused(400, '本文を読み取れません', 'The body cannot be read'),
  'time-range-invalid': refused(400, '期間が正しくありません', 'The time range is not valid'),
  'cursor-invalid': refused(400, '続きの位置が正しくありません', 'The cursor is not valid'),
  unauthenticated: refused(401, '認証が必要です', 'Authentication is required'),
  'sign-in-failed': refused(401, 'メールアドレスまたはパスワードが違います', 'The address or the password is wrong'),
  forbidden: refused(403, '許可されていません', 'This is not permitted'),
  'second-factor-required': refused(401, 'サインインが完了していません', 'The sign-in is not complete'),
  'step-up-required': refused(403, '直近の二要素認証が必要です', 'The second factor must be proven again'),
  'second-factor-failed': refused(403, 'コードが違うか、使用済みです', 'The code is wrong or was used before'),
  'signature-refused': refused(
    403,
    '署名を確認できません。もう一度署名してください',
    'The signature does not hold. Sign again',
  ),
  'password-refused': refused(400, 'このパスワードは使えません', 'This password cannot be used'),
  'invitation-gone': refused(410, 'このリンクは使用済みか期限切れです', 'The link was used or is too old'),
  'factor-last': refused(409, '最後の認証方法は削除できません', 'The last second factor cannot be removed'),
  conflict: refused(409, '現在の状態ではできません', 'This is not possible as things are'),
  'provider-refused': refused(
    403,
    'IDプロバイダーでのサインインが認められません',
    'The identity provider’s sign-in is refused',
  ),
  'issuer-unusable': refused(
    400,
    '発行者のURLでIDプロバイダーを確かめられません。URLを確かめて、もう一度保存してください',
    'No identity provider can be found at the issuer’s URL. Check the URL and save again',
  ),
  'approval-required': refused(403, '別の人の承認が必要です', 'Another person must approve this'),
  'second-person-required': refused(
    403,
    '別の人の承認を待っています。承認されるまで変わりません',
    'It waits for another person’s approval, and nothing changes until then',
  ),
  'second-person-missing': refused(
    403,
    'この変更には別の管理者または承認者が必要です。先にその人を招待してください',
    'This needs another administrator or approver. Invite one first',
  ),
  'below-floor': refused(422, 'PCI DSS 10.5.1 の下限より短い日数です', 'Fewer days than PCI DSS 10.5.1 asks'),
  'csrf-refused': refused(403, '別のサイトからの操作は受け付けません', 'A request from another site is refused'),
  'setting-too-weak': refused(400, 'PCI DSS が求めるより弱い設定です', 'The setting is weaker than PCI DSS allows'),
  'https-required': refused(403, 'キーは HTTPS でのみ受け付けます', 'Keys are taken over HTTPS only'),
  'not-sealed-yet': passing(
    409,
    'まだ封印されていません。封印されるまで、しばらくお待ちください',
    'Not sealed yet. Wait until it is, which takes a minute or a few',
  ),
  'tenant-suspended': refused(403, '組織は停止中です', 'The organisation is suspended'),
  'tenant-closed': refused(409, '組織は閉鎖されています', 'The organisation is closed'),
  'slug-taken': refused(409, 'この識別名は使われています', 'The short name is taken'),
  'event-disposed': refused(
    410,
    '保存期限を過ぎたため、廃棄されました。廃棄証明書に記録があります',
    'Disposed of at the end of its retention. The disposal certificate records it',
  ),
  'event-removed': refused(
    410,
    '2 名の承認により、アーカイブから削除されました。トゥームストーンに記録があります',
    'Removed from the archive on the word of two people. The tombstone records it',
  ),
  'records-held': refused(
    409,
    'リーガルホールドの対象です。削除するには、先にリーガルホールドを解除してください',
    'A legal hold keeps it. Lift the hold first, then remove it',
  ),
  'not-found': refused(404, '見つかりません', 'Not found'),
  'method-not-allowed': refused(405, 'このメソッドは使えません', 'The method is not allowed'),
  'name-taken': refused(409, 'この名前はすでに使われています', 'The name is taken'),
  'last-administrator': refused(409, '最後の管理者は削除できません', 'The last administrator cannot be removed'),
  'review-open': refused(409, '進行中のアクセス権の棚卸しがあります', 'Another access recertification is open'),
  'review-undecided': refused(409, '未判定の項目が残っています', 'Some items are not decided yet'),
  'incident-closed': refused(409, 'このインシデントは完了しています', 'The incident is closed'),
  'decided-before': refused(409, 'すでに判定されています', 'It was decided before'),
  'own-membership': refused(
    403,
    '自分のアカウント、所属、キーは自分では判定できません。アクセス権を管理する別のユーザーが判定します',
    'Nobody decides on their own account, membership or key; another person who manages access does',
  ),
  'separation-of-duties': refused(
    403,
    '自分が確認または提出したレビューは承認も差戻しもできません（PCI DSS 10.4、職務の分離）。別の承認者が判断します',
    'Nobody approves or sends back a review that they performed or submitted (PCI DSS 10.4, separation of duties); another approver does',
  ),
  'review-not-ready': refused(
    409,
    'まだ提出できません。未確認の項目、担当者のいない指摘、作成中のレポート、遅延の理由を確かめてください',
    'Not ready to be submitted. Look for open items, findings without an owner, unfinished reports and a missing reason for lateness',
  ),
  'review-moved-on': refused(
    409,
    'レビューの状態が変わったため、この操作はできません。画面を読み直してください',
    'The review has moved on, so this cannot be done. Load it again',
  ),
  'item-not-clear': refused(
    409,
    'まとめて「指摘なし」にできるのは、自動チェックが「問題なし」の未判定の項目だけです',
    'Only undecided items whose automatic checks are clear can be marked together',
  ),
  'finding-settled': refused(
    409,
    'この指摘は完了しているため、変更できません',
    'The finding is closed and changes no more',
  ),
  'restore-empty': refused(
    422,
    'この期間とロググループに、復元できるログはありません。期間かロググループを変えてください',
    'Nothing is kept of these log groups in this period. Choose another period or other log groups',
  ),
  'restore-limit': refused(
    409,
    '復元データが上限に達しています。使い終えた復元データを終了してから、もう一度お試しください',
    'There are as many restored sets as there can be. End one that is no longer needed, then try again',
  ),
  'restore-too-large': refused(
    422,
    '一度に復元できるレコード数を超えています。期間を短くするか、ロググループを減らしてください',
    'More records than can be restored at once. Choose a shorter period or fewer log groups',
  ),
  'idempotency-conflict': refused(409, '同じキーで別の本文が送られました', 'The same key came with another body'),
  'cursor-expired': refused(410, '検索の続きは期限切れです', 'The search can no longer be continued'),
  'address-refused': refused(
    400,
    'このURLには送信できません。インターネットから到達できる HTTPS のURLを指定してください',
    'Nothing is sent to this URL. Give one that is public and begins with https',
  ),
  'too-slow': passing(408, '送信が遅すぎます', 'The request came too slowly'),
  'too-large': refused(413, '大きすぎます', 'Too large'),
  'card-data-refused': refused(
    400,
    'カード番号のように見える数字があります。ここには保存できないため、消してから、もう一度送ってください',
    'A number looks like a card number, which cannot be kept here. Take it out and send again',
  ),
  'record-too-large': refused(
    413,
    '監査証跡に残しきれない長さです。短くして、もう一度送ってください',
    'This is longer than the audit trail keeps. Make it shorter and send again',
  ),
  'media-type-unsupported': refused(415, 'この形式は受け付けません', 'The media type is not supported'),
  'too-many-requests': passing(429, 'リクエストが多すぎます', 'Too many requests'),
  'quota-exceeded': passing(429, '利用上限を超えています', 'The quota is exceeded'),
  'rule-refused': refused(400, 'このルールは実行できません', 'This rule cannot be carried out'),
  'archive-search-busy': passing(
    429,
    'アーカイブ検索が混み合っています。ほかのアーカイブ検索が終わってから、もう一度実行してください',
    'Other searches of the archive are running. Try again when one of them has ended',
  ),
  'backlog-full': passing(429, '未処理のログが上限に達しています', 'The backlog is full'),
  'disk-full': passing(503, '保存先の空きがありません', 'The disk is full'),
  unavailable: passing(503, '一時的に利用できません', 'Temporarily unavailable'),
  'database-unavailable': passing(503, 'データベースに接続できません', 'The database cannot be reached'),
  'search-unavailable': passing(503, '検索エンジンに接続できません', 'The search engine cannot be reached'),
  'queue-unavailable': passing(503, 'キューに接続できません', 'The queue cannot be reached'),
  'archive-unavailable': passing(503, 'アーカイブに接続できません', 'The archive cannot be reached'),
  'provider-unavailable': passing(503, 'IDプロバイダーに接続できません', 'The identity provider cannot be reached'),
  'mail-unavailable': passing(503, 'メールを送信できません', 'The mail cannot be sent'),
  'audit-trail-unavailable': passing(
    503,
    '監査証跡に記録できないため実行しません',
    'Not done: it cannot be put on record',
  ),
  'search-timeout': passing(504, '検索に時間がかかりすぎています', 'The search took too long'),
  'segment-missing': fault('受信データがありません', 'The landing segment is missing'),
  'segment-unreadable': fault('受信データを読み取れません', 'The landing segment cannot be read'),
  'archive-conflict': fault('アーカイブの内容が一致しません', 'The archive holds something else'),
  'evidence-altered': fault('証跡が改変されています', 'The evidence was altered'),
  'key-missing': fault('鍵がありません', 'A key is missing'),
  // Nobody foresaw it, so nobody knows that it stays: work that met it is tried again.
  internal: { ...fault('内部エラーが発生しました', 'An internal error occurred'), retryable: true },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;
