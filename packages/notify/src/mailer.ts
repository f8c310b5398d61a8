import { createMasker } from '@akashi/masking';
import { createTransport } from 'nodemailer';

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Small files that go with it byte by byte: text that a person typed was masked before it came into them. */
  readonly files?: readonly MessageFile[];
}

type MessageFile =
  | { readonly name: string; readonly text: string; readonly type?: 'application/json' }
  | { readonly name: string; readonly bytes: Buffer };

export interface Mailer {
  /** Resolves when the mail server has taken the message; throws `MailError` otherwise. */
  send(to: { address: string; name: string }, message: Message): Promise<void>;
  /** Resolves when the mail server answers and lets this program in; throws `MailError` otherwise. Sends nothing. */
  probe(): Promise<void>;
  close(): void;
}

/** The mail server is not set, cannot be reached or refused. Neither addresses nor contents are in the message. */
export class MailError extends Error {
  override readonly name = 'MailError';
}

export interface MailerSettings {
  /** `smtp://` or `smtps://` with user and password where the server wants them; undefined when there is no mail server. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  /** After so long without the server's word the message counts as not taken: somebody waits for the answer. */
  readonly giveUpMs?: number;
}

const timeoutMs = 10_000;
const usualGiveUpMs = 15_000;
const masker = createMasker({ version: 'mail', keep: 'first6last4' });

/** Opens no connection yet. Nothing of a message is logged, no card number leaves in one, and no message loads files or addresses from elsewhere. */
export function openMailer({ smtpUrl, from, giveUpMs = usualGiveUpMs }: MailerSettings): Mailer {
  if (smtpUrl === undefined) {
    const refuse = (): Promise<void> => Promise.reject(new MailError('no mail server is set'));
    return { send: refuse, probe: refuse, close: () => undefined };
  }
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    send: async ({ address, name }, message) => {
      const to = { address, name: masker.maskText(name) };
      const subject = masker.maskText(message.subject);
      const text = masker.maskText(message.text);
      const html = masker.maskText(message.html);
      const attachments = (message.files ?? []).map((file) => ({
        filename: file.name,
        content: 'text' in file ? file.text : file.bytes,
        contentType: 'text' in file ? (file.type ?? 'text/plain; charset=utf-8') : 'application/octet-stream',
      }));
      try {
        const headers = { 'Auto-Submitted': 'auto-generated' };
        await within(giveUpMs, transport.sendMail({ to, subject, text, html, attachments, headers }));
      } catch (cause) {
        throw new MailError('the mail server did not take the message', { cause });
      }
    },
    probe: async () => {
      try {
        await within(giveUpMs, transport.verify());
      } catch (cause) {
        throw new MailError('the mail server does not answer', { cause });
      }
    },
    close: () => transport.close(),
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the mail server did not answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
