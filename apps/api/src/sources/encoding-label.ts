import type { SourceValuesRequest } from '@akashi/contracts';

type Encoding = NonNullable<SourceValuesRequest['encoding']>;

const aliases: Readonly<Partial<Record<Encoding, Encoding>>> = { 'windows-31j': 'shift_jis', cp932: 'shift_jis' };

/** One name for each encoding. */
export function encodingLabel(encoding: Encoding | null): Encoding | null {
  return encoding === null ? null : (aliases[encoding] ?? encoding);
}
