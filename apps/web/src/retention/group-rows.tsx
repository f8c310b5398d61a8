'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useId } from 'react';
import { Button } from 'react-aria-components';
import { readLogGroupKeeping, type LogGroupKeeping, type LogStreamKeeping } from '../api-client/retention.ts';
import { RowMenu, type RowAction } from '../forms/row-menu.tsx';
import { Moment } from '../time/moment.tsx';
import { AgeCell } from './age-cell.tsx';
import type { GroupAct } from './keeping-table.tsx';
import { useDaysWord, usePolicyWord } from './use-policy-word.ts';
import { VerdictWord } from './verdict-word.tsx';

interface GroupRowsProps {
  group: LogGroupKeeping;
  asOf: string;
  unfolded: boolean;
  onTurn: () => void;
  mayManage: boolean;
  onAct: (act: GroupAct, group: LogGroupKeeping) => void;
}

/** A log group, and below it its log streams once it is unfolded. */
export function GroupRows({ group, asOf, unfolded, onTurn, mayManage, onAct }: GroupRowsProps) {
  const t = useTranslations('retention');
  const word = usePolicyWord();
  const daysWord = useDaysWord();
  const id = useId();
  const { logGroup, policy, verdict, streams, holds } = group;
  const policyWord = word(policy);
  const inDays = daysWord(policy);
  const hasStreams = streams !== null && streams.count > 0;
  return (
    <tbody id={id}>
      <tr>
        <th scope="row" className="sticky left-0 z-10 max-w-[280px] min-w-[200px] bg-ground !text-body !text-text">
          <span className="flex items-start gap-1">
            {hasStreams ? (
              <Button
                className="control control-quiet control-small !px-1"
                aria-expanded={unfolded}
                aria-controls={id}
                aria-label={t(unfolded ? 'fold' : 'unfold', { group: logGroup })}
                onPress={onTurn}
              >
                {unfolded ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
              </Button>
            ) : (
              <span className="w-6 shrink-0" />
            )}
            <span className="min-w-0 whitespace-normal">
              {logGroup}
              <span className="block text-meta font-normal text-muted">
                {streams === null ? t('partOnly') : t('streams', { count: streams.count })}
              </span>
            </span>
          </span>
        </th>
        <td>
          <VerdictWord verdict={verdict} />
          <Young verdict={verdict} since={group.since} />
        </td>
        <td>
          <AgeCell at={group.oldestOnline} asOf={asOf} />
        </td>
        <td>
          <AgeCell at={group.oldestKept} asOf={asOf} />
        </td>
        <td>
          <AgeCell at={group.nextDeletionAt} asOf={asOf} />
        </td>
        <td>
          <span className="block">{policyWord}</span>
          {policyWord !== inDays && <span className="block text-meta text-muted">{inDays}</span>}
          {group.raising !== null && (
            <span className="block text-meta text-attention">{t('raising', { blocks: group.raising.blocks })}</span>
          )}
          {group.waiting.length > 0 && (
            <span className="block text-meta text-attention">{t('waits', { count: group.waiting.length })}</span>
          )}
        </td>
        <td>
          {holds.length === 0 ? (
            <span className="text-faint">{t('noHolds')}</span>
          ) : (
            <Link href="/retention?tab=holds" className="text-accent underline underline-offset-2">
              {t('holds', { count: holds.length })}
            </Link>
          )}
        </td>
        <td>
          <Scope group={group} />
        </td>
        <td className="!pr-0 text-right">
          <GroupMenu group={group} mayManage={mayManage} onAct={onAct} />
        </td>
      </tr>
      {unfolded && hasStreams && <StreamRows group={logGroup} asOf={asOf} />}
    </tbody>
  );
}

function Scope({ group: { inScope, scopeException } }: { group: LogGroupKeeping }) {
  const t = useTranslations('retention');
  if (inScope) return t('inScope');
  return (
    <>
      <span className="block">{t('outOfScope')}</span>
      {scopeException !== null && (
        <span className="block max-w-[220px] text-meta whitespace-normal text-muted">
          {scopeException.reason}
          <span className="block">
            {t('scopeBy', { by: scopeException.by, approvedBy: scopeException.approvedBy ?? '–' })}
          </span>
        </span>
      )}
    </>
  );
}

/** Since when something exists that is younger than the floors, and when it will be as old. */
function Young({ verdict, since }: Pick<LogStreamKeeping, 'verdict' | 'since'>) {
  const t = useTranslations('retention');
  if (verdict.state !== 'young' || since === null) return null;
  return (
    <span className="block text-meta text-muted">
      {t.rich('youngSince', { at: () => <Moment at={since} precision="day" /> })}
      {verdict.youngUntil !== null && (
        <span className="block">
          {t.rich('youngUntil', { at: () => <Moment at={verdict.youngUntil} precision="day" /> })}
        </span>
      )}
    </span>
  );
}

function StreamRows({ group, asOf }: { group: string; asOf: string }) {
  const t = useTranslations('retention');
  const answer = useQuery({
    queryKey: ['retention', 'group', group],
    queryFn: ({ signal }) => readLogGroupKeeping(group, signal),
  });
  if (answer.data === undefined)
    return (
      <tr>
        <td colSpan={9} className="!pl-7 text-meta text-muted">
          {t(answer.isError ? 'streamsFailed' : 'streamsComing')}
          {answer.isError && (
            <Button className="control control-small ml-3" onPress={() => void answer.refetch()}>
              {t('retry')}
            </Button>
          )}
        </td>
      </tr>
    );
  return answer.data.items.map((stream) => (
    <tr key={stream.logStream} className="text-meta">
      <th
        scope="row"
        className="sticky left-0 z-10 max-w-[280px] bg-ground !pl-7 !font-normal !whitespace-normal !text-text"
      >
        {stream.logStream}
      </th>
      <td>
        <VerdictWord verdict={stream.verdict} />
        <Young verdict={stream.verdict} since={stream.since} />
      </td>
      <td>
        <AgeCell at={stream.oldestOnline} asOf={asOf} />
      </td>
      <td>
        <AgeCell at={stream.oldestKept} asOf={asOf} />
      </td>
      <td colSpan={5} className="text-muted">
        {stream.lastReceivedAt !== null && t.rich('lastReceived', { at: () => <Moment at={stream.lastReceivedAt} /> })}
      </td>
    </tr>
  ));
}

function GroupMenu({ group, mayManage, onAct }: Pick<GroupRowsProps, 'group' | 'mayManage' | 'onAct'>) {
  const t = useTranslations('retention.acts');
  const { policy, inScope } = group;
  const isOneYear = policy.onlineDays === 90 && policy.keptDays === 365;
  const changes = { id: 'changes', label: t('changes') } as const;
  const actions: RowAction<GroupAct>[] = mayManage
    ? [
        ...(isOneYear ? [] : [{ id: 'oneYear' as const, label: t('oneYear') }]),
        ...(policy.keptDays === null ? [] : [{ id: 'never' as const, label: t('never') }]),
        { id: 'move', label: t('move') },
        changes,
        { id: 'scope', label: t(inScope ? 'takeOut' : 'takeIn'), danger: inScope },
      ]
    : [changes];
  return (
    <RowMenu label={t('label', { group: group.logGroup })} actions={actions} onAction={(act) => onAct(act, group)} />
  );
}
