'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { GrantSentence } from '../access/grant-sentence.tsx';
import { useRoleWord } from '../access/use-role-word.ts';
import { useSourceNames } from '../access/use-source-names.ts';
import type { Approval, ApprovalStep } from '../api-client/approvals.ts';
import { HoldWords } from '../legal-holds/hold-words.tsx';
import { ChangeWords } from '../retention/change-words.tsx';
import { Moment } from '../time/moment.tsx';

interface ApprovalItemProps {
  approval: Approval;
  steps: readonly ApprovalStep[];
  onStep: (step: ApprovalStep) => void;
}

export function ApprovalItem({ approval, steps, onStep }: ApprovalItemProps) {
  const t = useTranslations('approvals');
  const { requestedBy, approver, state } = approval;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-80">
        <ApprovalSubject approval={approval} />
        <p className="mt-1 text-meta text-muted">
          {t('asked', { by: requestedBy.name, approver: approver?.name ?? t('anybody') })}{' '}
          <Moment at={approval.requestedAt} />
        </p>
        {state === 'waiting' ? (
          <p className="text-meta text-muted">{t.rich('lapses', { at: () => <Moment at={approval.lapsesAt} /> })}</p>
        ) : (
          <p className={state === 'alone' ? 'text-meta font-medium text-attention' : 'text-meta text-muted'}>
            {t(`states.${state}`)} {approval.decidedAt !== null && <Moment at={approval.decidedAt} />}
            {approval.note !== null && <span className="ml-2">{approval.note}</span>}
          </p>
        )}
      </div>
      {steps.length > 0 && (
        <span className="flex gap-2">
          {steps.map((step) => (
            <Button
              key={step}
              className={`control control-small ${step === 'confirm' ? 'control-primary' : ''}`}
              onPress={() => onStep(step)}
            >
              {t(`steps.${step}`)}
            </Button>
          ))}
        </span>
      )}
    </li>
  );
}

/** What will be in force, whole: nothing of it is approved unseen. */
export function ApprovalSubject({ approval }: { approval: Approval }) {
  const t = useTranslations('approvals');
  const role = useRoleWord();
  const sources = useSourceNames();
  const { grant, group, provider, requestedBy } = approval;
  if (provider !== null)
    return (
      <div>
        <p className="font-medium">{t('kinds.identity-provider', { name: provider.name })}</p>
        <ul>
          {provider.groupMapping.map(({ values, role: given, groupIds }, index) => (
            <li key={index}>
              <code className="font-mono text-record">{values.join(', ')}</code>
              {' → '}
              {given === null ? '–' : role(given)} {t('groupCount', { count: groupIds.length })}
            </li>
          ))}
        </ul>
      </div>
    );
  if (approval.retention !== null)
    return (
      <div>
        <p className="text-meta text-muted">{t('kinds.retention')}</p>
        <ChangeWords change={approval.retention} />
      </div>
    );
  if (approval.legalHold !== null) return <LiftedHold hold={approval.legalHold} />;
  if (approval.removal !== null) return <Removal removal={approval.removal} />;
  if (grant === null)
    return <p className="font-medium">{t('kinds.membership', { name: requestedBy.name, group: group?.name ?? '' })}</p>;
  return (
    <div>
      <p className="font-medium">{t('kinds.grant', { group: group?.name ?? '' })}</p>
      <p>
        <GrantSentence grant={grant} sourceName={sources.nameOf} />
      </p>
      <p className="text-meta text-muted">
        {t.rich('fromTo', {
          from: () => (grant.validFrom === null ? t('fromApproval') : <Moment at={grant.validFrom} />),
          to: () => (grant.validTo === null ? t('noEnd') : <Moment at={grant.validTo} />),
        })}
        <span className="ml-3">{t('reason', { reason: grant.reason })}</span>
      </p>
    </div>
  );
}

/** The records that are to be removed for ever, and why. */
function Removal({ removal }: { removal: NonNullable<Approval['removal']> }) {
  const t = useTranslations('approvals');
  return (
    <div>
      <p className="font-medium">{t('kinds.tombstone', { count: removal.records })}</p>
      <ul>
        {removal.blocks.map(({ block, positions }) => (
          <li key={block}>{t('removedOf', { block, positions })}</li>
        ))}
      </ul>
      <p className="whitespace-pre-wrap">{t('reason', { reason: removal.reason })}</p>
    </div>
  );
}

/** The hold that is to be lifted, and why. */
function LiftedHold({ hold }: { hold: NonNullable<Approval['legalHold']> }) {
  const t = useTranslations('approvals');
  const { person, logGroups, from, to } = hold;
  const everything = person === null && logGroups.length === 0 && from === null && to === null;
  return (
    <div>
      <p className="text-meta text-muted">{t('kinds.legal-hold')}</p>
      <p className="font-medium whitespace-pre-wrap">{hold.reason}</p>
      <HoldWords
        hold={{ everything, logGroups, from, to, person: person === null ? null : { id: person, name: null } }}
      />
      <p className="whitespace-pre-wrap">{t('reason', { reason: hold.liftReason })}</p>
    </div>
  );
}
