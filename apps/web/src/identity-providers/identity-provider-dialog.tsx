'use client';

import type { IdentityProviderChange } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { IdentityProvider } from '../api-client/identity-providers.ts';
import { personOptions } from '../access/person-options.ts';
import { approversOf, usePeople } from '../access/use-people.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { GroupRulesField } from './group-rules-field.tsx';
import { readRules, typeRules } from './typed-rules.ts';
import type { GroupNames } from './use-group-names.ts';

interface IdentityProviderDialogProps {
  title: string;
  action: string;
  /** The one that is changed; left out for a new one, which needs its secret. */
  initial?: IdentityProvider;
  groups: GroupNames;
  onSubmit: (values: Omit<IdentityProviderChange, 'clientSecret'>, clientSecret: string) => Promise<unknown>;
  onClose: () => void;
}

/** How Akashi reaches the provider, and what the provider's groups mean here. */
export function IdentityProviderDialog({ initial, groups, onSubmit, ...dialog }: IdentityProviderDialogProps) {
  const t = useTranslations('identityProviders.form');
  const [name, setName] = useState(initial?.name ?? '');
  const [issuer, setIssuer] = useState(initial?.issuer ?? '');
  const [clientId, setClientId] = useState(initial?.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [groupsClaim, setGroupsClaim] = useState(initial?.groupsClaim ?? 'groups');
  const [approvedBy, setApprovedBy] = useState<string | null>(null);
  const people = usePeople();
  const { user } = useSession();
  const [rules, setRules] = useState(() => typeRules(initial?.groupMapping));
  return (
    <FormDialog
      {...dialog}
      problemWords={{
        'request-invalid': t('invalid'),
        'not-found': t('gone'),
        'issuer-unusable': t('issuerSilent'),
        'issuer-unusable/other-issuer': t('issuerOther'),
        'issuer-unusable/address-refused': t('issuerPrivate'),
        'issuer-unusable/insecure': t('issuerInsecure'),
        'approval-required': t('approvalRequired'),
      }}
      problemFields={{ 'issuer-unusable': 'issuer', 'approval-required': 'approvedBy' }}
      onSubmit={() => {
        const reached = { issuer: issuer.trim(), clientId: clientId.trim(), groupsClaim: groupsClaim.trim() };
        const approval = approvedBy === null ? {} : { approvedBy };
        return onSubmit({ name, ...reached, ...approval, groupMapping: readRules(rules) }, clientSecret);
      }}
    >
      <TextField
        name="name"
        label={t('name')}
        description={t('nameNote')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
      />
      <TextField
        name="issuer"
        label={t('issuer')}
        description={initial === undefined ? t('issuerNote') : t('issuerFixed')}
        isReadOnly={initial !== undefined}
        type="url"
        inputMode="url"
        value={issuer}
        onChange={setIssuer}
        placeholder="https://login.example.com"
        monospace
        isRequired
        maxLength={500}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="clientId"
          label={t('clientId')}
          value={clientId}
          onChange={setClientId}
          autoComplete="off"
          monospace
          isRequired
          maxLength={300}
        />
        <TextField
          name="clientSecret"
          label={t('clientSecret')}
          description={initial === undefined ? t('secretNote') : t('secretKept')}
          type="password"
          value={clientSecret}
          onChange={setClientSecret}
          autoComplete="new-password"
          isRequired={initial === undefined}
          maxLength={1000}
        />
      </div>
      <TextField
        name="groupsClaim"
        label={t('groupsClaim')}
        description={t('groupsClaimNote')}
        value={groupsClaim}
        onChange={setGroupsClaim}
        monospace
        isRequired
        maxLength={100}
      />
      <GroupRulesField value={rules} onChange={setRules} groups={groups} />
      <SearchChoiceField
        name="approvedBy"
        label={t('approver')}
        description={t('approverNote')}
        options={personOptions(approversOf(people.list, user.id))}
        value={approvedBy}
        onChange={setApprovedBy}
      />
      <p className="text-meta text-muted">{t('memberNote')}</p>
    </FormDialog>
  );
}
