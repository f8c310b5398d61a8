'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { readGrants, revokeGrant, type AccessGrant, type AccessGroup } from '../api-client/access.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { GrantSentence } from './grant-sentence.tsx';
import type { People } from './use-people.ts';
import { useSourceNames } from './use-source-names.ts';

const GrantDialog = lazy(() => import('./grant-dialog.tsx'));

interface GroupGrantsProps {
  group: AccessGroup;
  people: People;
  mayManage: boolean;
}

/** What the group's people may read, a sentence each, with who approved it, why, and until when. */
export function GroupGrants({ group, people, mayManage }: GroupGrantsProps) {
  const t = useTranslations('access.grants');
  const notify = useNotify();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [former, setFormer] = useState(false);
  const [revoking, setRevoking] = useState<AccessGrant | null>(null);
  const grants = useQuery({
    queryKey: ['access-groups', group.id, 'grants'],
    queryFn: ({ signal }) => readGrants(group.id, signal),
  });
  const sources = useSourceNames();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['access-groups'] }),
      client.invalidateQueries({ queryKey: ['access'] }),
      client.invalidateQueries({ queryKey: ['approvals'] }),
    ]);
  const ended = (grants.data ?? []).filter((grant) => !grant.inForce && !grant.awaitsApproval).length;
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-baseline gap-4">
        <h2 className="flex-1 font-medium">{t('title')}</h2>
        {ended > 0 && <SwitchField label={t('showFormer', { count: ended })} value={former} onChange={setFormer} />}
        {mayManage && (
          <Button className="control" onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      <Answer of={grants} what="access">
        {(list) => {
          const shown = list.filter((grant) => former || grant.inForce || grant.awaitsApproval);
          return shown.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <ul className="border-t border-line">
              {shown.map((grant) => (
                <li key={grant.id} className="flex flex-wrap gap-x-6 gap-y-2 border-b border-line py-3">
                  <div className="min-w-0 flex-1 basis-80">
                    <p className={grant.inForce || grant.awaitsApproval ? '' : 'text-muted line-through decoration-1'}>
                      <GrantSentence grant={grant} sourceName={sources.nameOf} />
                    </p>
                    <GrantFacts grant={grant} people={people} />
                  </div>
                  {mayManage && grant.revokedAt === null && (
                    <Button className="control control-small self-start" onPress={() => setRevoking(grant)}>
                      {t('revoke')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      {adding && (
        <Suspense>
          <GrantDialog
            group={group}
            people={people}
            onClose={() => setAdding(false)}
            onDone={async ({ awaitsApproval }) => {
              await refresh();
              notify({ text: t(awaitsApproval ? 'asked' : 'added', { group: group.name }) });
            }}
          />
        </Suspense>
      )}
      {revoking && (
        <ConfirmDialog
          title={t('revokeTitle', { group: group.name })}
          action={t('revoke')}
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await revokeGrant(group.id, revoking.id);
            await refresh();
            notify({ text: t('revoked', { group: group.name }) });
          }}
        >
          <p>
            <GrantSentence grant={revoking} sourceName={sources.nameOf} />
          </p>
          <p>{t('revokeText', { members: group.members })}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function GrantFacts({ grant, people }: { grant: AccessGrant; people: People }) {
  const t = useTranslations('access.grants');
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 text-meta text-muted">
      <dt>{t('period')}</dt>
      <dd>
        {t.rich('fromTo', {
          from: () => <Moment at={grant.validFrom} />,
          to: () => (grant.validTo === null ? t('open') : <Moment at={grant.validTo} />),
        })}
        {!grant.inForce && !grant.awaitsApproval && grant.revokedAt === null && (
          <span className="ml-2">{t('notInForce')}</span>
        )}
      </dd>
      <dt>{t('approval')}</dt>
      <dd>
        {grant.awaitsApproval ? (
          <span className="font-medium text-attention">
            {t('awaits', { approver: people.nameOfEmail(grant.approvedBy) })}
          </span>
        ) : (
          t('approvedBy', { approver: people.nameOfEmail(grant.approvedBy), creator: people.nameOf(grant.createdBy) })
        )}
        {grant.approvedAlone && <span className="ml-2 font-medium text-attention">{t('approvedAlone')}</span>}
      </dd>
      <dt>{t('reason')}</dt>
      <dd>{grant.reason}</dd>
      {grant.revokedAt !== null && (
        <>
          <dt>{t('revokedLabel')}</dt>
          <dd>
            <Moment at={grant.revokedAt} /> {people.nameOf(grant.revokedBy)}
          </dd>
        </>
      )}
    </dl>
  );
}
