'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { LogGroupKeeping, Retention } from '../api-client/retention.ts';
import { TextField } from '../forms/text-field.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { GroupRows } from './group-rows.tsx';
import { worstFirst } from './worst-first.ts';

interface KeepingTableProps {
  retention: Retention;
  /** Those who only read see what was changed. */
  mayManage: boolean;
  onAct: (act: GroupAct, group: LogGroupKeeping) => void;
}

export type GroupAct = 'move' | 'oneYear' | 'never' | 'scope' | 'changes';

/** With so many log streams in all, each stands below its log group from the start; more are unfolded one by one. */
const mostUnfolded = 60;
const worthFiltering = 12;

const columns = [
  'logGroup',
  'verdict',
  'oldestOnline',
  'oldestKept',
  'nextDeletion',
  'policy',
  'holds',
  'scope',
] as const;

/** Each log group with its log streams: the oldest that is searched and kept, against what its policy and PCI DSS ask. */
export function KeepingTable({ retention, mayManage, onAct }: KeepingTableProps) {
  const t = useTranslations('retention');
  const { items } = retention;
  const streams = items.reduce((sum, group) => sum + (group.streams?.count ?? 0), 0);
  const unfoldedFirst = streams <= mostUnfolded;
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState('');
  const shown = useMemo(
    () => worstFirst(items).filter(({ logGroup }) => logGroup.toLowerCase().includes(wanted.trim().toLowerCase())),
    [items, wanted],
  );
  const turn = (name: string) =>
    setTurned((last) => {
      const next = new Set(last);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {items.length > worthFiltering && (
        <div className="max-w-80 print:hidden">
          <TextField label={t('filter')} type="search" value={wanted} onChange={setWanted} />
        </div>
      )}
      {shown.length === 0 ? (
        <p role="status" className="text-muted">
          {t('noneFound')}
        </p>
      ) : (
        <ScrollRegion label={t('table')} className="overflow-x-auto">
          <table className="plain-table min-w-[1080px]" aria-label={t('table')}>
            <thead>
              <tr>
                {columns.map((id) => (
                  <th key={id} scope="col" className={id === 'logGroup' ? 'sticky left-0 z-10 bg-ground' : ''}>
                    {t(`columns.${id}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('columns.acts')}</span>
                </th>
              </tr>
            </thead>
            {shown.map((group) => (
              <GroupRows
                key={group.logGroup}
                group={group}
                asOf={retention.asOf}
                unfolded={turned.has(group.logGroup) !== unfoldedFirst}
                onTurn={() => turn(group.logGroup)}
                mayManage={mayManage}
                onAct={onAct}
              />
            ))}
          </table>
        </ScrollRegion>
      )}
    </div>
  );
}
