import type { Outcome } from './event-rows.ts';

const successBit = 0x0020_0000;
const failureBit = 0x0010_0000;

/** Of `0x8020000000000000`, `-9214364837600034816`, `AUDIT_FAILURE`, `Audit Success`, `成功の監査`; undefined for others. */
export function outcomeOfKeywords(written: string): Outcome | undefined {
  if (/^0x[0-9a-f]{16}$/i.test(written)) return ofBits(Number.parseInt(written.slice(2, 10), 16));
  if (/^-?\d{15,20}$/.test(written)) return ofBits(Number(BigInt.asUintN(64, BigInt(written)) >> 32n));
  if (/audit[ _]?success|success[ _]?audit|成功の監査/i.test(written)) return 'success';
  return /audit[ _]?fail|failure?[ _]?audit|失敗の監査/i.test(written) ? 'failure' : undefined;
}

function ofBits(high: number): Outcome | undefined {
  if ((high & failureBit) !== 0) return 'failure';
  return (high & successBit) !== 0 ? 'success' : undefined;
}

const levels: Readonly<Record<string, string>> = {
  0: 'information',
  1: 'critical',
  2: 'error',
  3: 'warning',
  4: 'information',
  5: 'verbose',
};

/** Of the number or the word that stands for it. */
export function levelOf(written: string): string {
  return levels[written] ?? written;
}

/** Shippers that write names in camel case are read as Windows writes them. */
export function withCapital(name: string): string {
  const code = name.charCodeAt(0);
  return code >= 97 && code <= 122 ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
