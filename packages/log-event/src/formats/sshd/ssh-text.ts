/** OpenSSH writes what it logs with `strnvis` (VIS_CSTYLE, VIS_OCTAL): `\\` for a backslash, octal for other bytes. */

const escape = /\\(?:\\|[0-3][0-7]{2})/;
const runs = /\\\\|(?:\\[0-3][0-7]{2})+/g;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A name as it was typed. Control characters, and bytes that are no UTF-8, stay as they are written. */
export function sshText(written: string): string {
  if (!escape.test(written)) return written;
  return written.replace(runs, (run) => (run === '\\\\' ? '\\' : fromOctal(run)));
}

function fromOctal(run: string): string {
  const bytes = run
    .slice(1)
    .split('\\')
    .map((digits) => Number.parseInt(digits, 8));
  if (bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return run;
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return run;
  }
}
