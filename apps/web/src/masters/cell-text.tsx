import { useTranslations } from 'next-intl';
import type { MasterColumn } from '../api-client/masters.ts';

const machineTypes = new Set<MasterColumn['type']>(['mac', 'address', 'addresses', 'account']);

/** A value as people read it: addresses and accounts in one width, yes and no in words. */
export function CellText({ type, value }: { type: MasterColumn['type']; value: string | undefined }) {
  const t = useTranslations('masters');
  if (value === undefined || value === '') return <span className="text-faint">–</span>;
  if ((type === 'yes-no' || type === 'shared') && (value === 'true' || value === 'false'))
    return t(value === 'true' ? 'yes' : 'no');
  return <span className={machineTypes.has(type) ? 'font-mono text-record break-all' : 'break-words'}>{value}</span>;
}
