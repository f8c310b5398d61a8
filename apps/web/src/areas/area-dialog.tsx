'use client';

import { areaCategories, reviewFrequencies } from '@akashi/policy';
import { isPermitted, type Permission } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LogGroupsField } from '../access/log-groups-field.tsx';
import { personOptions } from '../access/person-options.ts';
import { usePeople } from '../access/use-people.ts';
import { useSourceNames } from '../access/use-source-names.ts';
import type { AreaInput } from '../api-client/areas.ts';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { areaProblems, inputOfArea, type AreaDraft } from './area-draft.ts';
import { HoursField } from './hours-field.tsx';
import { newHours } from './hours-text.ts';

interface AreaDialogProps {
  title: string;
  initial: AreaDraft;
  onClose: () => void;
  onSave: (input: AreaInput) => Promise<void>;
}

/** What an area holds, how often it is reviewed and by whom. */
export function AreaDialog({ title, initial, onClose, onSave }: AreaDialogProps) {
  const t = useTranslations('areas');
  const people = usePeople();
  const sources = useSourceNames();
  const [draft, setDraft] = useState(initial);
  const set = (part: Partial<AreaDraft>) => setDraft((last) => ({ ...last, ...part }));
  const problems = areaProblems(draft);
  const able = (permission: Permission, chosen: readonly string[]) =>
    personOptions(people.list.filter(({ id, role }) => isPermitted(role, permission) || chosen.includes(id)));
  return (
    <FormDialog
      title={title}
      action={t('save')}
      problemWords={{
        'name-taken': t('nameTaken'),
        'setting-too-weak': t('frequencyTooRare'),
        'request-invalid': t('invalid'),
        conflict: t('tooMany'),
      }}
      problemFields={{ 'setting-too-weak': 'frequency' }}
      onClose={onClose}
      onSubmit={() => onSave(inputOfArea(draft))}
    >
      <TextField
        name="name"
        label={t('fields.name')}
        value={draft.name}
        onChange={(name) => set({ name })}
        maxLength={80}
        isRequired
      />
      <SelectField
        name="category"
        label={t('fields.category')}
        options={areaCategories.map((id) => ({
          id,
          label: t(`categories.${id}`),
          description: t(`categoryNotes.${id}`),
        }))}
        value={draft.category}
        onChange={(category) => set({ category })}
        description={t(`categoryNotes.${draft.category}`)}
      />
      <LogGroupsField
        value={draft.logGroups}
        onChange={(logGroups) => set({ logGroups })}
        description={t('logGroupsNote')}
      />
      <TextField
        name="logStreams"
        label={t('fields.logStreams')}
        description={t('logStreamsNote')}
        value={draft.logStreams}
        onChange={(logStreams) => set({ logStreams })}
        rows={1}
        monospace
      />
      <SeveralChoicesField
        name="sources"
        label={t('fields.sources')}
        description={t('sourcesNote')}
        chosenLabel={t('sourcesChosen')}
        options={sources.list.map(({ id, name }) => ({ id, label: name }))}
        nameOf={sources.nameOf}
        value={draft.sources}
        onChange={(chosen) => set({ sources: chosen })}
      />
      <TextField
        name="hosts"
        label={t('fields.hosts')}
        description={t('hostsNote')}
        value={draft.hosts}
        onChange={(hosts) => set({ hosts })}
        rows={1}
        monospace
      />
      {draft.category === 'other' && (
        <>
          <SelectField
            name="frequency"
            label={t('fields.frequency')}
            options={reviewFrequencies.map((id) => ({ id, label: t(`frequencies.${id}`) }))}
            value={draft.frequency}
            onChange={(frequency) => set({ frequency })}
          />
          <TextField
            name="riskAnalysis"
            label={t('fields.riskAnalysis')}
            description={t('riskAnalysisNote')}
            value={draft.riskAnalysis}
            onChange={(riskAnalysis) => set({ riskAnalysis })}
            maxLength={2_000}
            rows={2}
            isRequired={draft.frequency !== 'day'}
          />
          <TextField
            name="riskReviewedOn"
            label={t('fields.riskReviewedOn')}
            description={t('riskReviewedOnNote')}
            type="date"
            value={draft.riskReviewedOn}
            onChange={(riskReviewedOn) => set({ riskReviewedOn })}
            isRequired={draft.frequency !== 'day'}
          />
        </>
      )}
      <SeveralChoicesField
        name="reviewers"
        label={t('fields.reviewers')}
        description={t('reviewersNote')}
        chosenLabel={t('reviewersChosen')}
        options={able('reviews.perform', draft.reviewers)}
        nameOf={people.nameOf}
        value={draft.reviewers}
        onChange={(reviewers) => set({ reviewers })}
      />
      <SeveralChoicesField
        name="approvers"
        label={t('fields.approvers')}
        description={t('approversNote')}
        chosenLabel={t('approversChosen')}
        options={able('reviews.approve', draft.approvers)}
        nameOf={people.nameOf}
        value={draft.approvers}
        onChange={(approvers) => set({ approvers })}
      />
      <CheckboxField
        label={t('ownHours')}
        value={draft.hours !== null}
        onChange={(on) => set({ hours: on ? newHours() : null })}
      />
      {draft.hours !== null && (
        <>
          <HoursField name="hours" value={draft.hours} onChange={(hours) => set({ hours })} />
          {problems.hours && draft.hours.days.length > 0 && <p className="text-meta text-bad">{t('hours.same')}</p>}
        </>
      )}
    </FormDialog>
  );
}
