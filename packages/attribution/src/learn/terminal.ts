/** A terminal in the form `pts/0`; null for what is none (`ssh`, `none`, `?`, `cron`). */
export function terminalOf(written: string): string | null {
  const name = written.replace(/^\/dev\//, '');
  const match = /^(pts|tty|ttyp|hvc|ttyS|xvc)\/?(\w{1,8})$/.exec(name);
  if (match === null) return null;
  const [, kind = '', number = ''] = match;
  return kind === 'pts' ? `pts/${number}` : `${kind}${number}`;
}
