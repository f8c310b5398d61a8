'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createGrant, type AccessGrant, type AccessGroup } from '../api-client/access.ts';
import { ApiProblem } from '../api-client/api-problem.ts';
import { guardCardNumbers } from '../query/card-guard.ts';
import { findMistake } from '../query/query-language.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { GrantSourcesField } from './grant-sources-field.tsx';
import { HiddenFieldsField } from './hidden-fields-field.tsx';
import { LogGroupsField } from './log-groups-field.tsx';
import { nameLines } from './name-lines.ts';
import { personOptions } from './person-options.ts';
import { RowFilterField } from './row-filter-field.tsx';
import { approversOf, type People } from './use-people.ts';
import { useSourceNames } from './use-source-names.ts';

interface GrantDialogProps {
  group: AccessGroup;
  people: People;
  onClose: () => void;
  onDone: (made: AccessGrant) => Promise<unknown>;
}

/** What the API would say, said before it is asked. */
function refusedHere(code: string): ApiProblem {
  return new ApiProblem({ status: 400, code, requestId: null, params: {} });
}

/** Lets a group read logs: which, how much of them, until when, why, and who else says so (PCI DSS 7.2.3). */
export default function GrantDialog({ group, people, onClose, onDone }: GrantDialogProps) {
  const t = useTranslations('access.grantForm');
  const field = useTranslations('access.logGroupsField');
  const { user } = useSession();
  const [logGroups, setLogGroups] = useState('');
  const [streams, setStreams] = useState('');
  const [sources, setSources] = useState<string[]>([]);
  const [rowFilter, setRowFilter] = useState('');
  const [hiddenFields, setHiddenFields] = useState<string[]>([]);
  const [validFrom, setValidFrom] = useState<string | null>(null);
  const [validTo, setValidTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const sourceNames = useSourceNames();
  const approvers = approversOf(people.list, user.id);
  return (
    <FormDialog
      title={t('title', { group: group.name })}
      action={t('action')}
      problemWords={{ 'approval-required': t('approvalRequired'), 'query-unreadable': t('filterUnreadable') }}
      problemFields={{ 'approval-required': 'approvedBy', 'time-range-invalid': 'validTo' }}
      onClose={onClose}
      onSubmit={async () => {
        setAsked(true);
        if (findMistake(rowFilter) !== null || guardCardNumbers(rowFilter)) throw refusedHere('query-unreadable');
        if (approver === null) throw refusedHere('approval-required');
        const made = await createGrant(group.id, {
          logGroups: nameLines(logGroups),
          logStreams: nameLines(streams),
          sources,
          rowFilter: rowFilter.trim() === '' ? null : rowFilter.trim(),
          hiddenFields,
          ...(validFrom === null ? {} : { validFrom }),
          validTo,
          reason,
          approvedBy: approver,
        });
        await onDone(made);
      }}
    >
      <LogGroupsField value={logGroups} onChange={setLogGroups} description={field('note')} />
      <TextField
        name="logStreams"
        label={t('streams')}
        description={t('streamsNote')}
        value={streams}
        onChange={setStreams}
        rows={2}
        monospace
      />
      <GrantSourcesField names={sourceNames} value={sources} onChange={setSources} />
      <RowFilterField value={rowFilter} onChange={setRowFilter} showMistakeNow={asked} />
      <HiddenFieldsField value={hiddenFields} onChange={setHiddenFields} />
      <div className="grid gap-4 sm:grid-cols-2">
        <MomentField
          name="validFrom"
          label={t('from')}
          description={t('fromNote')}
          value={validFrom}
          onChange={setValidFrom}
        />
        <MomentField name="validTo" label={t('to')} description={t('toNote')} value={validTo} onChange={setValidTo} />
      </div>
      <TextField
        name="reason"
        label={t('reason')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={1000}
        rows={2}
      />
      <SearchChoiceField
        name="approvedBy"
        label={t('approver')}
        description={approvers.some(({ id }) => id === user.id) ? t('ownApproval') : t('approverNote')}
        options={personOptions(approvers)}
        value={approver}
        onChange={setApprover}
        isRequired
      />
    </FormDialog>
  );
}
