import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build.ts';
import { appServices } from './app-services.ts';
import { InstallationError, makeHome, readInstallation, type Installation } from './installation.ts';
import { inviteFirstOperator } from './invitation-program.ts';
import { describeClock } from './moved-clock.ts';
import { partLogins } from './part-logins.ts';
import { assertPortsFree } from './ports.ts';
import { assertArchiveAnswers, assertQueueAnswers, startStores } from './stores.ts';
import { Supervisor } from './supervisor.ts';

interface StartOptions {
  /** No demonstration organisations and no demonstration lines. */
  readonly empty: boolean;
  /** The caller has built already. */
  readonly skipBuild: boolean;
}

function readOptions(args: readonly string[]): StartOptions {
  const known = ['--empty', '--skip-build'];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown !== undefined)
    throw new InstallationError(`${unknown} is not an option; npm start knows: ${known.join(', ')}.`);
  return { empty: args.includes('--empty'), skipBuild: args.includes('--skip-build') };
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

interface WaysIn {
  readonly people: readonly { email: string; password: string; totpSecret: string; tenant: string }[];
  /** The link of the first operator, while there is none. */
  readonly invitation: string | undefined;
  /** Keys that would be lost with this disk. */
  readonly keysWithoutExport: number;
}

function announce(installation: Installation, { people, invitation, keysWithoutExport }: WaysIn): void {
  const { ports, home } = installation;
  const host =
    installation.bindAddress === '0.0.0.0' ? 'localhost' : installation.bindAddress.replace('127.0.0.1', 'localhost');
  const clockSentence = describeClock(installation.clock);
  const lines = [
    '',
    'Akashi is ready',
    `  web      http://${host}:${ports.web}`,
    `  API      http://${host}:${ports.api}`,
    `  ingest   https://${host}:${ports.ingestHttps} (${join(home, 'keys', 'ca.pem')})   on this machine http://${host}:${ports.ingest}`,
    `           syslog UDP/TCP ${ports.syslog}, TLS ${ports.syslogTls}`,
    ...(clockSentence === undefined ? [] : [`  clock    ${clockSentence}`]),
    `  files    ${home}${existsSync(join(home, 'demo.json')) ? '   (keys and sign-ins: demo.json)' : ''}`,
  ];
  if (installation.outside.smtpUrl === undefined)
    lines.push(`  mail     kept in ${join(home, 'mail')}, none is sent (SMTP_URL names a mail server)`);
  if (people.length > 0) {
    lines.push('  sign in  (demonstration: password, and the secret for an authenticator app)');
    for (const { tenant, email, password, totpSecret } of people)
      lines.push(`    ${tenant.padEnd(10)} ${email.padEnd(28)} ${password}  ${totpSecret}`);
  }
  if (invitation !== undefined) {
    lines.push(
      '  begin    open this link to become the first operator (once, within three days)',
      `    ${invitation}`,
      `    it is kept in ${join(home, 'operator-invitation.txt')}; a new one: npm run operator:invite -- EMAIL`,
    );
  }
  if (keysWithoutExport > 0) {
    lines.push(
      `  keys     ${keysWithoutExport} keys are on this disk alone, and without them no evidence can be read again:`,
      '    npm run keys -- export --file FILE   (on another disk)',
    );
  }
  lines.push('', 'Ctrl-C stops everything.', '');
  say(lines.join('\n'));
}

async function buildUnlessDone({ skipBuild }: StartOptions): Promise<void> {
  if (skipBuild) return;
  say('Building (only what changed) …');
  await buildAll();
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const installation = readInstallation();
  const clockSentence = describeClock(installation.clock);
  if (clockSentence !== undefined) say(clockSentence);
  makeHome(installation.home);
  await assertPortsFree(installation);
  const supervisor = new Supervisor(say);
  supervisor.stopOnSignals();
  try {
    // The stores need nothing of what is built, and have much to wait for.
    const [stores] = await Promise.all([startStores(installation, supervisor, say), buildUnlessDone(options)]);
    await Promise.all([assertQueueAnswers(installation), assertArchiveAnswers(installation)]);
    // Imported late: these packages exist in built form only after the build above.
    const { openKeyring } = await import('@akashi/keyring');
    // The first of all that need keys: one that lacks the installation key says so before anything is changed.
    await openKeyring({ dir: join(installation.home, 'keys') }).unlock();
    const { prepareDatabase } = await import('./prepare-database.ts');
    const isEmbedded = installation.outside.databaseUrl === undefined;
    await prepareDatabase({
      databaseUrl: stores.databaseUrl,
      holdsQueue: stores.redisUrl === undefined,
      logins: isEmbedded ? Object.values(partLogins(installation.home)) : [],
    });
    if (installation.outside.smtpUrl === undefined) {
      const { startMailCatcher } = await import('./mail-catcher.ts');
      const folder = join(installation.home, 'mail');
      supervisor.add(await startMailCatcher({ port: installation.ports.mail, folder }));
    }
    const demonstration = options.empty ? undefined : await import('../demo/start-demonstration.ts');
    const demo = await demonstration?.prepareDemonstration({ installation, stores, supervisor, say });
    const { intake, others } = appServices(installation, stores, say);
    say('Starting the intake …');
    await supervisor.start(intake);
    say(`Starting ${others.map(({ name }) => name).join(', ')} …`);
    await Promise.all(others.map((service) => supervisor.start(service)));
    writeFileSync(join(installation.home, 'supervisor.pid'), String(process.pid), { mode: 0o600 });
    if (demo !== undefined) supervisor.add(demo.goOn());
    const invitation = options.empty ? await inviteFirstOperator(installation, stores) : undefined;
    const { keysWithoutExport } = await import('@akashi/keyring');
    const unsafe = await keysWithoutExport(join(installation.home, 'keys'));
    announce(installation, { people: demo?.people ?? [], invitation, keysWithoutExport: unsafe });
  } catch (error) {
    if (supervisor.isStopping) return;
    process.stderr.write(`akashi: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof InstallationError) && process.env['AKASHI_DEBUG'] !== undefined) console.error(error);
    await supervisor.stop(1);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`akashi: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
