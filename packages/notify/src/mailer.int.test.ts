import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { invitationMessage } from './account-messages.ts';
import { MailError, openMailer } from './mailer.ts';

const to = { address: 'new@example.jp', name: '新人, "次郎"' };
const message = invitationMessage({
  language: 'ja',
  personName: '次郎',
  organisationName: 'デモ商店',
  link: 'https://logs.example.jp/invitation#token',
  expiresAt: new Date('2026-11-25T03:00:00Z'),
  timeZone: 'Asia/Tokyo',
});

let server: SMTPServer | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A real SMTP server that keeps what it takes. */
async function listen(options: { refuse?: boolean } = {}): Promise<{ url: string; taken: string[] }> {
  const taken: string[] = [];
  const catcher = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(options.refuse === true ? new Error('no such mailbox') : null),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  server = catcher;
  await new Promise<void>((resolve) => catcher.listen(0, '127.0.0.1', resolve));
  const { port } = catcher.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, taken };
}

it('hands the message to the server, as text and HTML', async () => {
  const { url, taken } = await listen();
  const mailer = openMailer({ smtpUrl: url, from: 'Akashi <akashi@example.jp>' });
  await mailer.send(to, message);
  mailer.close();
  const [raw = ''] = taken;
  expect(raw).toMatch(/^From: Akashi <akashi@example\.jp>/m);
  expect(raw).toMatch(/^To: .*<new@example\.jp>/m);
  expect(raw).toContain('text/plain');
  expect(raw).toContain('text/html');
  expect(raw).toContain('Auto-Submitted: auto-generated');
});

it('hands over files byte by byte', async () => {
  const { url, taken } = await listen();
  const mailer = openMailer({ smtpUrl: url, from: 'Akashi <akashi@example.jp>' });
  const text = '{"a":"4111111111111111 証\\n","b":"𠮷"}';
  await mailer.send(to, { ...message, files: [{ name: 'record.json', text, type: 'application/json' }] });
  mailer.close();
  const [, encoded = ''] = /Content-Type: application\/json[^]*?\r\n\r\n([^]*?)\r\n--/.exec(taken[0] ?? '') ?? [];
  expect(Buffer.from(encoded, 'base64').toString()).toBe(text);
});

it('says so when the server refuses, is away, or is not set, without the address', async () => {
  const { url } = await listen({ refuse: true });
  for (const smtpUrl of [url, 'smtp://127.0.0.1:9', undefined]) {
    const failure: unknown = await openMailer({ smtpUrl, from: 'akashi@example.jp' })
      .send(to, message)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailError);
    expect(String(failure)).not.toContain('new@example.jp');
  }
});

it('waits for a silent server no longer than it is told', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'akashi@example.jp', giveUpMs: 20 });
  await expect(mailer.send(to, message)).rejects.toBeInstanceOf(MailError);
  mailer.close();
  silent.close();
});
