import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../reading/eventually.ts';

/** The link in the newest mail to an address, as the mail catcher of an installation without a mail server keeps it. */
export async function newestLink(
  home: string,
  address: string,
  page: 'invitation' | 'recovery' = 'invitation',
): Promise<string> {
  const found = await eventually(
    () => Promise.resolve(readLink(join(home, 'mail'), address, page)),
    (link) => link !== null,
  );
  return found ?? '';
}

/** The newest mail that has this text in it, decoded; waits until it is there. */
export async function newestMail(home: string, text: string): Promise<string> {
  const read = (): string | undefined =>
    newestFirst(join(home, 'mail'))
      .map(plainText)
      .find((mail) => mail.includes(text));
  return (
    (await eventually(
      () => Promise.resolve(read()),
      (mail) => mail !== undefined,
    )) ?? ''
  );
}

function newestFirst(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .toSorted()
    .toReversed()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function readLink(folder: string, address: string, page: string): string | null {
  const form = new RegExp(`https?://[^\\s"<>]+/${page}#[A-Za-z0-9_-]{43}`);
  for (const mail of newestFirst(folder)) {
    if (!mail.includes(address)) continue;
    const link = form.exec(plainText(mail))?.[0];
    if (link !== undefined) return link;
  }
  return null;
}

/** Every part of the message, with its transfer encoding undone. */
function plainText(mail: string): string {
  const quoted = mail.replaceAll(/=\r?\n/g, '').replaceAll(/=3D/g, '=');
  const encoded = [...mail.matchAll(/base64\r?\n(?:[\w-]+:.*\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/gi)].map(([, body]) =>
    Buffer.from(body ?? '', 'base64').toString('utf8'),
  );
  return [quoted, ...encoded].join('\n');
}
