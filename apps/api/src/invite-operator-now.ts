import 'reflect-metadata';
import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAuditSender } from '@akashi/client';
import { mailAddress } from '@akashi/contracts';
import { openDatabase } from '@akashi/database';
import { openKeyring } from '@akashi/keyring';
import { AppError, createLogger, offsetOf, runMain, StartupError, tellMovedClock } from '@akashi/server-kit';
import { IntakeAuditTrail } from './audit-trail/intake-audit-trail.ts';
import { readApiEnv } from './env.ts';
import { inviteOperator } from './platform/invite-operator.ts';

const usage = 'Give the mail address of the operator: npm run operator:invite -- EMAIL [--language en]';

// Prints the link on standard output and keeps it in AKASHI_HOME/operator-invitation.txt, for its owner alone.
runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { language: { type: 'string', default: 'ja' }, 'only-first': { type: 'boolean', default: false } },
  });
  const email = mailAddress.safeParse(positionals[0] ?? '');
  if (!email.success || positionals.length !== 1) throw new StartupError(usage);
  const env = readApiEnv();
  tellMovedClock(env.clock, (sentence) => process.stderr.write(`${sentence}\n`));
  const database = openDatabase({
    url: env.database.url,
    applicationName: 'akashi-operator-invite',
    clockOffsetSeconds: offsetOf(env.clock),
    maxConnections: 2,
  });
  const keyring = openKeyring({ dir: env.keysFolder });
  await keyring.unlock();
  const sender = createAuditSender({
    endpoint: env.ingest.url,
    key: () => keyring.systemSenderKey(),
    service: 'platform',
    now: env.clock.now,
  });
  const logger = createLogger({ name: 'operator-invite', level: 'error', clock: env.clock });
  const auditTrail = new IntakeAuditTrail(sender, { logger, now: env.clock.now });
  try {
    const language = values.language === 'en' ? 'en' : 'ja';
    const invitation = await inviteOperator(
      { database, keyring, auditTrail, webUrl: env.webUrl, clock: env.clock },
      { email: email.data, language, onlyFirst: values['only-first'] },
    );
    if (invitation.kind === 'has-operator') return;
    if (invitation.kind === 'address-taken') {
      throw new StartupError(
        'This address belongs to somebody of an organisation; an operator needs one of their own.',
      );
    }
    const path = join(dirname(env.keysFolder), 'operator-invitation.txt');
    const text = `${invitation.url}\n`;
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    process.stdout.write(text);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'audit-trail-unavailable') throw error;
    throw new StartupError(
      'The audit trail cannot be written: start the installation first, and run this again.',
      error,
    );
  } finally {
    await auditTrail.close();
    await database.close();
  }
});
