import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPortBase } from '../installation/installation.ts';
import { sealOften } from '../installation/seal-often.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { MailReceiver, WebhookReceiver } from './message-receivers.ts';
import { isOf, isOpen, readIncidents, type IncidentRow } from './noticed-incidents.ts';
import { sharedStream, streamOfIndex } from './oracle.ts';
import { logGroup, WatchedInstallation, type Watched } from './watched-installation.ts';

const daysPassed = 3;
/** A duty is told to be late when it still is some minutes after it was first seen late. */
const noticedWithinMs = 420_000;
const endedWithinMs = 240_000;
/** Whatever is silent after a start gets five minutes to come back. */
const silentWithinMs = 480_000;
const diskMib = 96;
const floodLines = 52_000;

/** Day, month and time by the clocks of the organisation, which is in Tokyo. */
function inTokyo(at: Date): { day: string; month: string; time: string } {
  const text = new Date(at.getTime() + 9 * 3_600_000).toUTCString();
  return { day: String(Number(text.slice(5, 7))), month: text.slice(8, 11), time: text.slice(17, 25) };
}

const syslogLine = (at: Date, message: string): string => {
  const { day, month, time } = inTokyo(at);
  return `${month} ${day.padStart(2)} ${time} web01 ${message}`;
};

const parsed = (at: Date, count: number): string[] =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ '@timestamp': at.toISOString(), message: `request ${n} was answered`, user: { name: 'batch' } }),
  );

/** Before the days pass: what streams are usually like, who is to be told, and what is found at intake. */
async function usualDays(first: WatchedInstallation): Promise<void> {
  const { drill, watched } = first;
  await sealOften(drill.databaseUrl, first.tenantId);
  const admin = await first.person(drill.tenant.users, 'tenant-admin');
  const told = { kind: 'webhook', name: 'drill', target: watched.webhooks.url('/told') };
  await admin.ask('POST', '/v1/notification-channels', told);
  const operator = await first.person(drill.running.demo.platform.users, 'platform-operator');
  await operator.ask('POST', '/v1/notification-channels', told);
  const limits = { offsetMs: 1_000, unsynchronizedMinutes: 1, stepMs: 1_000, silentHours: 8_000 };
  await admin.ask('PUT', '/v1/time/settings', { servers: [], groups: [{ name: 'all', hosts: ['*'], limits }] });
  await first.send('readable', parsed(first.now, 300));
  await first.send('quiet', parsed(first.now, 3));
  await first.send('shop', [`${syslogLine(first.now, 'shop[7]:')} order of card 4111111111111111 was paid`]);
  await first.send('dropping', [
    syslogLine(first.now, 'rsyslogd: imuxsock lost 7 messages from pid 12 due to rate-limiting'),
  ]);
  first.expect('card data', 'tenant', ['card-data-found', /shop/, /^masked-at-intake$/]);
  first.expect('lost lines', 'tenant', ['lines-lost', /dropping/, /^lines-missing$/]);
  await first.wait('noticed', ['card data', 'lost lines'], noticedWithinMs);
  const limit = { logGroup, logStream: 'quiet', kind: 'minutes', minutes: 10, reason: 'drill' };
  await admin.ask('PUT', '/v1/silence-limits', limit);
}

/** What senders do wrong, and what people leave undone. */
async function causeInLogs(then: WatchedInstallation): Promise<() => Promise<void>> {
  const { drill, watched } = then;
  const admin = await then.person(drill.tenant.users, 'tenant-admin');
  const failing = { kind: 'webhook', name: 'drill failing', target: watched.webhooks.url('/failing') };
  const channel = await admin.ask<{ id: string }>('POST', '/v1/notification-channels', failing);
  then.expect('failing channel', 'tenant', ['notification-failed', new RegExp(channel.id), /^http-500$/]);
  const rule = {
    kind: 'match',
    title: 'drill: every line',
    severity: 'low',
    where: 'log.group:"drill/flood"',
    key: ['log.group'],
    quietSeconds: 86_400,
  };
  const wanted = { rule, enabled: true, reason: 'drill' };
  const { id } = await admin.ask<{ id: string }>('POST', '/v1/rules', wanted);
  then.expect('dear rule', 'tenant', ['rule-disabled', new RegExp(id), /^rule-too-many$/]);
  await then.send(
    'readable',
    Array.from({ length: 60 }, (_, n) => `{"cut off in the middle ${n}`),
  );
  then.expect('unparsed share', 'tenant', ['unparsed', /readable/, /^share-rises$/]);
  await then.send('ahead', parsed(new Date(then.now.getTime() + 600_000), 3));
  then.expect('clock skew', 'tenant', ['clock-skew', /ahead/, /^clock-ahead$/]);
  await then.send('stepped', [
    syslogLine(then.now, 'sudo: tanaka : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/date -s 12:00:00'),
  ]);
  then.expect('clock step', 'tenant', ['clock-stepped', /^host web01$/, /^set-by-hand$/]);
  // It is not known to be right again before a time service says so.
  then.expect('stepped and not right', 'tenant', ['clock-unsynchronized', /^host web01$/, /^set-by-hand$/]);
  const ntp = ntpLines(then.now);
  await then.send('i-0a1', [...ntp.begins, ntp.exits], 'ntpd');
  then.expect('unsynchronised', 'tenant', ['clock-unsynchronized', /i-0a1/, /^service-stopped$/]);
  await alterDocument(then);
  await makeDue(then, 'verification', then.tenantId);
  then.expect('altered document', 'tenant', ['integrity-mismatch', /./, /./]);
  // Rules take a few seconds to be known to every thread.
  await delay(15_000);
  for (let sent = 0; sent < floodLines; sent += 4_000) {
    const lines = Array.from({ length: 4_000 }, (_, n) => `flood ${sent + n}`);
    await then.send('flood', lines, 'drill/flood');
  }
  return async () => {
    watched.webhooks.isMended = true;
    await admin.ask('PATCH', `/v1/rules/${id}`, { enabled: true, reason: 'drill: it is fine again' });
    await then.send('readable', parsed(then.now, 600));
    await then.send('ahead', parsed(then.now, 3));
    await then.send('i-0a1', ntpLines(then.now).begins, 'ntpd');
    await then.send('web01', ntpLines(then.now).begins, 'ntpd');
  };
}

function ntpLines(at: Date): { begins: string[]; exits: string } {
  const { day, month, time } = inTokyo(at);
  const head = `${day} ${month} ${time} ntpd[7533]:`;
  return {
    begins: [
      `${head} 0.0.0.0 c016 06 restart`,
      `${head} 192.0.2.1 963a 8a sys_peer`,
      `${head} 0.0.0.0 c615 05 clock_sync`,
    ],
    exits: `${head} ntpd exiting on signal 15`,
  };
}

/** As somebody does who has the index server to himself: one document goes, and comes back changed. */
async function alterDocument({ drill, tenantId }: WatchedInstallation): Promise<void> {
  const ask = async (path: string, body: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await fetch(`${drill.opensearchUrl}/${path}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`the index answered ${answer.status}`);
    return answer.json();
  };
  const filter = [{ term: { 'akashi.tenant': tenantId } }, { term: { 'log.stream': 'quiet' } }];
  const query = JSON.stringify({ size: 1, query: { bool: { filter } } });
  const found = (await ask(`${sharedStream}/_search`, query)) as { hits: { hits: readonly FoundDocument[] } };
  const [document] = found.hits.hits;
  if (document === undefined) throw new Error('there is no document to be altered');
  const { _index, _id, _source } = document;
  const steps = [
    { delete: { _index, _id } },
    { create: { _index: streamOfIndex(_index), _id } },
    { ..._source, 'user.name': 'nobody' },
  ];
  await ask('_bulk?refresh=true', steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
}

interface FoundDocument {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

async function makeDue(then: WatchedInstallation, duty: string, tenantId: string | null): Promise<void> {
  await then.sql(
    `UPDATE duty_run SET due_at = $3, takeable_at = $3
     WHERE finished_at IS NULL AND duty = $1 AND tenant_id IS NOT DISTINCT FROM $2::uuid`,
    [duty, tenantId, then.now],
  );
}

/** What the machine takes away; answers how it comes back. */
async function causeInStores(then: WatchedInstallation): Promise<() => Promise<void>> {
  const { drill, watched } = then;
  const { archiveFolder } = drill;
  const servers = drill.pids('opensearch');
  for (const pid of servers) process.kill(pid, 'SIGSTOP');
  then.expect('index away', 'platform', ['index-unavailable', /^index$/, /./]);
  const away = `${archiveFolder}.away`;
  renameSync(archiveFolder, away);
  writeFileSync(archiveFolder, '');
  then.expect('archive away', 'platform', ['archive-unavailable', /^archive$/, /./]);
  await makeDue(then, 'index-keeping', null);
  then.expect('failing duty', 'platform', ['duty-failed', /^duty index-keeping$/, /./]);
  const late = new Date(then.now.getTime() - 60_000);
  // Another worker took it, and stands still.
  await then.sql(
    `UPDATE duty_run SET due_at = $2, late_at = $2, takeable_at = $3
     WHERE finished_at IS NULL AND duty = 'dormant-accounts' AND tenant_id = $1`,
    [then.tenantId, late, new Date(then.now.getTime() + 3_600_000)],
  );
  then.expect('late duty', 'tenant', ['duty-late', /^duty dormant-accounts$/, /^not-done$/]);
  const empty = watched.hasDisk ? fillDisk(join(watched.home, 'inbox')) : () => undefined;
  if (watched.hasDisk) then.expect('full disk', 'platform', ['disk-filling', /inbox/, /^little-free$/]);
  return async () => {
    empty();
    rmSync(archiveFolder);
    renameSync(away, archiveFolder);
    for (const pid of servers) process.kill(pid, 'SIGCONT');
    await makeDue(then, 'dormant-accounts', then.tenantId);
  };
}

/** Leaves three MiB of a small disk. */
function fillDisk(folder: string): () => void {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(256 * 1024);
  for (;;) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize <= 3 * 1024 * 1024) break;
    writeSync(file, piece);
  }
  closeSync(file);
  return () => rmSync(path, { force: true });
}

/** Each is there once, was told once, says why and from when, and has ended; nothing is beside them. */
async function judge(then: WatchedInstallation): Promise<Record<string, unknown>> {
  const rows = await readIncidents(then.drill.databaseUrl);
  const { webhooks, mail } = then.watched;
  const messages: Record<string, number> = {};
  for (const each of then.expected) {
    const own = rows.filter(isOf(each));
    const say = (sentence: string): void => void then.problems.push(`${each.name}: ${sentence}`);
    if (own.length > 1) say(`${own.length} incidents`);
    for (const row of own) {
      const count = webhooks.countOf(row.id);
      messages[each.name] = count;
      if (count !== 1) say(`${count} messages at the webhook`);
      if (mail.countOf(row.id) === 0) say('no mail');
      if (!each.cause.test(row.cause)) say(`its cause is ${row.cause}`);
      if (row.ended !== null && row.ended < row.started) say('it ended before it began');
    }
  }
  // The demonstration's own senders go on, and its rules: both may have something of their own to be told.
  const isOfDemonstration = ({ kind, place }: IncidentRow): boolean =>
    kind === 'rule-alert' || (place.startsWith('stream ') && !place.includes('drill/'));
  // While mail is away, whoever is told by mail is not told: the channel says so too, when something was due.
  const isOfOther = ({ tenant }: IncidentRow): boolean => ![then.tenantId, then.platformId].includes(tenant);
  const isOfMail = ({ kind, cause }: IncidentRow): boolean =>
    kind === 'notification-failed' && cause === 'mail-refused';
  const others = rows.filter(
    (row) =>
      !isOfDemonstration(row) &&
      !isOfMail(row) &&
      !(isOfOther(row) && row.kind === 'review-missed') &&
      !then.expected.some((each) => isOf(each)(row)),
  );
  then.problems.push(...others.map(describe));
  return { incidents: rows.length, noticed: then.expected.length, messages };
}

function describe({ kind, place, cause }: IncidentRow): string {
  return `nobody caused ${kind} at ${place} (${cause})`;
}

/** These stay until a person closes them: that nothing new is found does not undo them. */
const staysOpen: ReadonlySet<string> = new Set(['altered document', 'clock step']);

async function watch(watched: Watched): Promise<DrillResult> {
  const first = await WatchedInstallation.start(watched, 0);
  try {
    await usualDays(first);
  } finally {
    await first.drill.running.stop();
  }
  const then = await WatchedInstallation.start(watched, daysPassed);
  const ended = (names: readonly string[]): Promise<void> => then.wait('ended', names, endedWithinMs);
  try {
    then.expected.push(...first.expected);
    then.problems.push(...first.problems);
    // Each day that nobody reviewed, of both organisations.
    for (const day of [1, 2]) {
      const date = new Date(then.now.getTime() - (daysPassed + 1 - day) * 86_400_000 + 9 * 3_600_000);
      const place = new RegExp(`^review ${date.toISOString().slice(0, 10)}$`);
      then.expect(`missed review ${day}`, 'tenant', ['review-missed', place, /^not-submitted$/]);
    }
    then.expect('silence', 'tenant', ['source-silent', /quiet/, /^limit-exceeded$/]);
    const mendLogs = await causeInLogs(then);
    const ofLogs = then.expected.map(({ name }) => name).filter((name) => name !== 'silence');
    await then.wait('noticed', ofLogs, noticedWithinMs);
    await mendLogs();
    const ending = ofLogs.filter((name) => !staysOpen.has(name) && !name.startsWith('missed review'));
    await ended(ending);
    const before = then.expected.length;
    const mendStores = await causeInStores(then);
    const ofStores = then.expected.slice(before).map(({ name }) => name);
    await then.wait('noticed', ofStores, noticedWithinMs);
    await mendStores();
    await ended(ofStores);
    await then.wait('noticed', ['silence'], silentWithinMs);
    await then.send('quiet', parsed(then.now, 1));
    await ended(['silence']);
    await watched.mail.stop();
    then.expect('mail away', 'platform', ['notification-failed', /^mail$/, /./]);
    await then.wait('noticed', ['mail away'], noticedWithinMs);
    await watched.mail.start();
    await ended(['mail away']);
    await delay(10_000);
    const figures = await judge(then);
    const stillOpen = (await readIncidents(then.drill.databaseUrl)).filter(isOpen).length;
    return {
      drill: 'watching',
      result: then.problems.length === 0 ? 'pass' : 'fail',
      ...figures,
      stillOpen,
      ...(watched.hasDisk ? {} : { leftOut: 'full disk: mounting a small one is not permitted here' }),
      ...(then.problems.length === 0 ? {} : { detail: then.problems.join('; ') }),
    };
  } finally {
    await then.drill.running.stop();
  }
}

function mountSmallDisk(path: string): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMib}m,mode=0700`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function everythingNoticed(): Promise<DrillResult> {
  const home = mkdtempSync(join(tmpdir(), 'akashi-watching-'));
  const inbox = join(home, 'inbox');
  const hasDisk = mountSmallDisk(inbox);
  const webhooks = await WebhookReceiver.start();
  const mail = new MailReceiver(await freePort());
  await mail.start();
  try {
    return await watch({ home, portBase: await findPortBase(), webhooks, mail, hasDisk });
  } finally {
    await webhooks.stop();
    await mail.stop();
    if (hasDisk) execFileSync('umount', ['--lazy', inbox], { stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
  }
}

/** What the product notices by itself, each caused for real. */
export function watchingCases(): DrillCase[] {
  return [
    { name: 'watching', about: 'each thing that is noticed is caused, told once, and ends', run: everythingNoticed },
  ];
}
