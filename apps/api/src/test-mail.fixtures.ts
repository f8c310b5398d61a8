import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface TestMail {
  url: string;
  /** Messages as they came, oldest first. */
  messages: string[];
  /** What came to this address, oldest first, in clear. */
  to(address: string): string[];
  /** The token of the link in the last message to this address. */
  tokenFor(address: string): string;
  /** The same for a link to another page. */
  linkFor(address: string, page: string): string;
  close(): void;
}

/** A real SMTP server that keeps what it takes. */
export async function startTestMail(): Promise<TestMail> {
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    messages,
    to: (address) => messagesTo(messages, address).map(decodeParts),
    tokenFor: (address) => findToken(messages, address, 'invitation'),
    linkFor: (address, page) => findToken(messages, address, page),
    close: () => server.close(),
  };
}

/** Of the last message to the address with such a link. */
function findToken(messages: readonly string[], address: string, page: string): string {
  const link = new RegExp(`/${page}#([A-Za-z0-9_-]{43})`);
  const token = messagesTo(messages, address)
    .map((each) => link.exec(decodeParts(each))?.[1])
    .findLast((each) => each !== undefined);
  if (token === undefined) throw new Error('no link in the mail');
  return token;
}

function messagesTo(messages: readonly string[], address: string): string[] {
  return messages.filter((each) => {
    const [headers = ''] = each.split('\r\n\r\n');
    // A long header goes on in the next line, after a space.
    const recipient = /^To:(.*)$/im.exec(headers.replaceAll(/\r\n[ \t]+/g, ' '))?.[1] ?? '';
    return recipient.includes(address);
  });
}

/** The parts of the message in clear, whichever of the two transfer encodings was chosen. */
function decodeParts(message: string): string {
  const base64 = [
    ...message.matchAll(/Content-Transfer-Encoding: base64\r\n(?:[\w-]+:.*\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g),
  ];
  const quoted = message.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return [quoted, ...base64.map(([, body = '']) => Buffer.from(body, 'base64').toString())].join('\n');
}
