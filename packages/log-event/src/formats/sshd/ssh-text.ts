/** OpenSSH writes what it logs with `strnvis` (VIS_CSTYLE, VIS_OCTAL): `\\` for a backslash, octal for other bytes. */

const escape = /\\(?:\\|[0-3][0-7]{2})/;
const runs = /\\\\|(?:\\[0-3][0-7]{2})+/g;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A name as it was typed. Control characters, bytes that are no UTF-8, and digits of any script stay as they are written:
 * what masking has not seen as a number must not become one here.
 */
export function sshText(written: string): string {
  if (!escape.test(written)) return written;
  return written.replace(runs, (run) => (run === '\\\\' ? '\\' : fromOctal(run)));
}

function fromOctal(run: string): string {
  const bytes = run
    .slice(1)
    .split('\\')
    .map((digits) => Number.parseInt(digits, 8));
  if (bytes.some((byte) => byte < 0x80)) return run;
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    return /\p{N}/u.test(text) ? run : text;
  } catch {
    return run;
  }
}
