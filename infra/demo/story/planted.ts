import { firewallLine, logCleared, passwordChange, programEntry } from './device-lines.ts';
import { acceptedPassword, auditedFile, failedPassword, ntpdLine, rootCommand, suSession } from './host-lines.ts';
import { people, type Host } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { dayMs, hourMs, minuteMs } from './story-time.ts';

/** Which rows of which report must carry which flag; `lines` are positions in the planted lines. */
export interface ExpectedFlag {
  readonly report: string;
  readonly flag: string;
  readonly lines: readonly number[];
}

/** Something in the story that the product must find. */
export interface Planted {
  readonly id: string;
  readonly what: { readonly ja: string; readonly en: string };
  /** Full days before the day on which the story is told: 1 is yesterday. */
  readonly daysBefore: number;
  readonly host: Host;
  /** The common ID of the person whose act it is, as far as the masters tell. */
  readonly person: string | null;
  readonly account: string | null;
  readonly lines: readonly StoryLine[];
  readonly expected: readonly ExpectedFlag[];
  /** Starter rules that open an alert about it. */
  readonly alerts?: readonly string[];
  /** The kind of incident that it opens. */
  readonly incident?: string;
  /** From when on the host sends nothing any more. */
  readonly silentFromMs?: number;
}

const { yamada, ito, kobayashi, sato, kato, tanaka } = people;
const attacker = '198.51.100.23';
const positions = (from: number, until: number): number[] => Array.from({ length: until - from }, (_, at) => from + at);

/** Seven wrong passwords within six minutes, and then the right one, at night. */
function guessedPassword(day: number): Planted {
  const fromMs = day + 2 * hourMs + 14 * minuteMs;
  const shell = (at: number) => ({
    host: 'web01' as const,
    account: yamada.account,
    uid: yamada.uid,
    address: attacker,
    pid: 21_400 + at,
    port: 40_100 + at,
  });
  const lines = [
    ...positions(0, 7).map((at) => failedPassword(fromMs + at * 50_000, shell(at))),
    acceptedPassword(fromMs + 7 * 50_000, shell(7)),
  ];
  return {
    id: 'guessed-password',
    what: {
      ja: 'ログイン失敗が7回続いた後、同じ接続元からログインに成功した',
      en: 'Seven failed sign-ins in a row and then a success from the same origin',
    },
    daysBefore: 1,
    host: 'web01',
    person: yamada.id,
    account: yamada.account,
    lines,
    expected: [
      { report: 'failed-sign-ins', flag: 'failures-in-a-row', lines: positions(0, 7) },
      { report: 'failed-sign-ins', flag: 'success-after-failures', lines: [7] },
      { report: 'successful-sign-ins', flag: 'outside-hours', lines: [7] },
      { report: 'successful-sign-ins', flag: 'first-time', lines: [7] },
      { report: 'authentication-use', flag: 'first-time', lines: [0] },
    ],
    alerts: ['guessed-password', 'sign-in-from-new-origin'],
  };
}

/** Root on the database server two hours after the approved work was over, and what was done with it. */
function unapprovedRoot(day: number): Planted {
  const fromMs = day + 18 * hourMs + 10 * minuteMs;
  const terminal = { host: 'db01', account: ito.account, tty: 'pts/2', uid: ito.uid, pid: 24_680 } as const;
  const [su, opened, closed] = suSession(terminal, fromMs, fromMs + 22 * minuteMs) as [StoryLine, StoryLine, StoryLine];
  const lines = [
    su,
    opened,
    rootCommand(fromMs + 3 * minuteMs, terminal, '/usr/bin/psql -c "ALTER SYSTEM SET pgaudit.log TO none"'),
    rootCommand(fromMs + 9 * minuteMs, terminal, '/usr/bin/pg_dump -t member shop'),
    closed,
  ];
  return {
    id: 'unapproved-root',
    what: {
      ja: '承認された作業時間の外で root に昇格し、DBサーバーで操作した',
      en: 'An elevation to root outside any approval, and work with it on the database server',
    },
    daysBefore: 1,
    host: 'db01',
    person: ito.id,
    account: ito.account,
    lines,
    expected: [
      { report: 'privilege-elevations', flag: 'outside-approval', lines: [0, 1, 2, 3] },
      { report: 'administrator-actions', flag: 'outside-approval', lines: [0, 1, 2, 3, 4] },
    ],
    alerts: ['administration-without-approval'],
  };
}

function clearedLog(day: number): Planted {
  return {
    id: 'cleared-log',
    what: {
      ja: 'ドメインコントローラーのセキュリティログが消去された',
      en: 'The security log of the domain controller was cleared',
    },
    daysBefore: 1,
    host: 'dc01',
    person: null,
    account: 'Administrator',
    lines: [logCleared(day + 19 * hourMs + 22 * minuteMs, 'Administrator')],
    expected: [{ report: 'log-clearing', flag: 'any', lines: [0] }],
    alerts: ['logging-stopped'],
  };
}

/** The account is one person's, the PC that it came from another's. */
function foreignDevice(day: number): Planted {
  const atMs = day + 20 * hourMs + 40 * minuteMs;
  const { account } = kobayashi;
  const { address } = tanaka;
  const pairs = `logid="0100032001" type="event" subtype="system" level="information" vd="root" logdesc="Admin login successful" sn="${Math.floor(atMs / 1000)}" user="${account}" ui="https(${address})" method="https" srcip=${address} dstip=10.1.0.1 action="login" status="success" reason="none" profile="super_admin" msg="Administrator ${account} logged in successfully from https(${address})"`;
  return {
    id: 'foreign-device',
    what: {
      ja: '小林のアカウントが、田中の端末からファイアウォールにログインした',
      en: "Kobayashi's account signed in to the firewall from Tanaka's PC",
    },
    daysBefore: 1,
    host: 'fw01',
    person: kobayashi.id,
    account,
    lines: [firewallLine(atMs, 190, pairs)],
    expected: [
      { report: 'administrator-actions', flag: 'person-conflict', lines: [0] },
      { report: 'administrator-actions', flag: 'outside-approval', lines: [0] },
      { report: 'successful-sign-ins', flag: 'outside-hours', lines: [0] },
      { report: 'successful-sign-ins', flag: 'first-time', lines: [0] },
      { report: 'authentication-use', flag: 'first-time', lines: [0] },
    ],
    alerts: ['administration-outside-hours', 'administration-without-approval', 'sign-in-from-new-origin'],
  };
}

function steppedClock(day: number): Planted {
  return {
    id: 'stepped-clock',
    what: { ja: 'web02 の時計が 187 秒戻された', en: 'The clock of web02 was stepped back by 187 seconds' },
    daysBefore: 1,
    host: 'web02',
    person: null,
    account: null,
    lines: [ntpdLine(day + 11 * hourMs + 3 * minuteMs, 'web02', '0.0.0.0 c61c 0c clock_step -187.238417 s')],
    expected: [],
    alerts: ['clock-stepped'],
    incident: 'clock-stepped',
  };
}

function silentSwitch(day: number): Planted {
  return {
    id: 'silent-host',
    what: {
      ja: 'スイッチ sw02 が13時からログを送らなくなった',
      en: 'The switch sw02 sends no more lines from 13:00 on',
    },
    daysBefore: 1,
    host: 'sw02',
    person: null,
    account: null,
    lines: [],
    expected: [],
    incident: 'source-silent',
    silentFromMs: day + 13 * hourMs,
  };
}

function debugLine(day: number): Planted {
  const entry = {
    level: 'debug',
    message: 'gateway request pan=4111111111111111 amount=12800 result=00',
    service: { name: 'payment' },
  };
  return {
    id: 'card-number-in-debug-line',
    what: { ja: 'デバッグ出力の1行にカード番号が書かれた', en: 'A card number in a line of debugging output' },
    daysBefore: 3,
    host: 'ap01',
    person: null,
    account: null,
    lines: [programEntry(day + 14 * hourMs + 26 * minuteMs, entry)],
    expected: [],
    incident: 'card-data-found',
  };
}

/** Member files read one after the other in the evening. */
function bulkReading(day: number): Planted {
  const fromMs = day + 21 * hourMs + 30 * minuteMs;
  const count = 104;
  const lines = positions(0, count).flatMap((at) =>
    auditedFile(fromMs + at * 5_000, {
      host: 'ap01',
      account: kato.account,
      uid: kato.uid,
      program: 'cp',
      path: `/srv/settlement/member-${String(at + 1).padStart(4, '0')}.csv`,
      key: '10.2.1-card-data',
    }),
  );
  // Of the three records of an event, the first one says what all of them say.
  const heads = positions(0, count).map((at) => at * 3);
  return {
    id: 'bulk-card-data',
    what: {
      ja: '夜間に会員のカード情報ファイル104件が続けて読み出された',
      en: 'One hundred and four files of card data were read one after the other in the evening',
    },
    daysBefore: 6,
    host: 'ap01',
    person: kato.id,
    account: kato.account,
    lines,
    expected: (['bulk', 'outside-hours', 'first-time'] as const).map((flag) => ({
      report: 'card-data-access',
      flag,
      lines: heads,
    })),
    alerts: ['card-data-in-bulk'],
  };
}

function passwordOfOther(day: number): Planted {
  return {
    id: 'password-of-another',
    what: { ja: '佐藤が田中のパスワードを再設定した', en: "Sato reset Tanaka's password" },
    daysBefore: 6,
    host: 'dc01',
    person: sato.id,
    account: sato.account,
    lines: [passwordChange(day + 10 * hourMs + 12 * minuteMs, sato, tanaka)],
    expected: [{ report: 'password-changes', flag: 'changed-for-other', lines: [0] }],
  };
}

/** What is planted before the day that begins at `today`. */
export function plantedBefore(today: number): Planted[] {
  const yesterday = today - dayMs;
  const sixBefore = today - 6 * dayMs;
  return [
    guessedPassword(yesterday),
    unapprovedRoot(yesterday),
    clearedLog(yesterday),
    foreignDevice(yesterday),
    steppedClock(yesterday),
    silentSwitch(yesterday),
    debugLine(today - 3 * dayMs),
    bulkReading(sixBefore),
    passwordOfOther(sixBefore),
  ];
}
