'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readPolicies, readRetention, type LogGroupKeeping, type RetentionPolicy } from '../api-client/retention.ts';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ChangesDialog } from './changes-dialog.tsx';
import { oneYear, typedDays } from './days-effect.ts';
import { EvidenceFiles } from './evidence-files.tsx';
import { KeepingTable, type GroupAct } from './keeping-table.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { ScopeDialog } from './scope-dialog.tsx';
import { VerdictSentence } from './verdict-sentence.tsx';
import { WaitingChanges } from './waiting-changes.tsx';

interface Asked {
  act: GroupAct;
  group: LogGroupKeeping;
}

const refreshMilliseconds = 60_000;

/** In one look: whether 90 and 365 days are there for every source, what waits, and each log group with its streams. */
export function StandingView() {
  const t = useTranslations('retention');
  const mayManage = mayDo(useSession(), 'retention.manage');
  const client = useQueryClient();
  const notify = useNotify();
  const [asked, setAsked] = useState<Asked | null>(null);
  const retention = useQuery({
    queryKey: ['retention', 'all'],
    queryFn: ({ signal }) => readRetention(signal),
    refetchInterval: (query) => (query.state.status === 'error' ? false : refreshMilliseconds),
  });
  const policies = useQuery({
    queryKey: ['retention', 'policies'],
    queryFn: ({ signal }) => readPolicies(signal),
    enabled: mayManage,
  });
  const close = () => setAsked(null);
  const done = async (outcome: 'done' | 'waits') => {
    await Promise.all(
      [['retention'], ['approvals'], ['session']].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
    notify({ text: t(outcome === 'waits' ? 'nowWaits' : 'changed') });
  };
  return (
    <>
      <Answer of={retention} what="retention">
        {(answer) =>
          answer.items.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
          ) : (
            <>
              <VerdictSentence retention={answer} />
              <WaitingChanges waiting={answer.waiting} />
              <EvidenceFiles day={answer.asOf.slice(0, 10)} />
              <KeepingTable retention={answer} mayManage={mayManage} onAct={(act, group) => setAsked({ act, group })} />
            </>
          )
        }
      </Answer>
      {asked !== null && policies.data !== undefined && isMove(asked.act) && (
        <MoveDialog
          group={asked.group}
          policies={policies.data.items}
          {...startOf(asked.act, asked.group, policies.data.items)}
          onClose={close}
          onDone={done}
        />
      )}
      {asked?.act === 'scope' && <ScopeDialog group={asked.group} onClose={close} onDone={done} />}
      {asked?.act === 'changes' && <ChangesDialog group={asked.group.logGroup} onClose={close} />}
    </>
  );
}

function isMove(act: GroupAct): act is 'move' | 'oneYear' | 'never' {
  return act === 'move' || act === 'oneYear' || act === 'never';
}

/** What the dialog opens with: the standing policy that is meant, or the same in days where there is none yet. */
function startOf(act: 'move' | 'oneYear' | 'never', group: LogGroupKeeping, policies: readonly RetentionPolicy[]) {
  if (act === 'move') return { chosen: group.policy.id };
  const days = act === 'oneYear' ? oneYear : { onlineDays: group.policy.onlineDays, keptDays: null };
  const policy = policies.find(
    ({ onlineDays, keptDays }) => onlineDays === days.onlineDays && keptDays === days.keptDays,
  );
  return { chosen: policy?.id ?? null, days: typedDays(days) };
}
