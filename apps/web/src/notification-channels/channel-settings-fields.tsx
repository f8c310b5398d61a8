'use client';

import { incidentKinds, severities } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import type { Channel, IncidentKind } from '../api-client/incidents.ts';
import { HoursField, MinuteField } from '../areas/hours-field.tsx';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useIncidentWords } from '../incidents/use-incident-words.ts';
import { readMinutes, withDigest, withEscalation, withHours, type ChannelDraft } from './channel-draft.ts';
import { useChannelAreas } from './use-channel-areas.ts';
import { useChannelWords } from './use-channel-words.ts';

interface ChannelSettingsFieldsProps {
  draft: ChannelDraft;
  onChange: (draft: ChannelDraft) => void;
  /** Whom an escalation may go to. */
  others: readonly Channel[];
}

const everyArea = 'every';

/** Of what a channel is told, when, and who is told when nobody answers. */
export function ChannelSettingsFields({ draft, onChange, others }: ChannelSettingsFieldsProps) {
  const t = useTranslations('channels');
  const incidents = useIncidentWords();
  const words = useChannelWords();
  const areas = useChannelAreas();
  const set = (part: Partial<ChannelDraft>) => onChange({ ...draft, ...part });
  const { hours, digestMinute, escalation } = draft;
  return (
    <>
      <SelectField
        name="minimalSeverity"
        label={t('minimalSeverity')}
        description={t('minimalSeverityNote')}
        options={severities.map((id) => ({ id, label: words.severity(id) }))}
        value={draft.minimalSeverity}
        onChange={(minimalSeverity) => set({ minimalSeverity })}
      />
      <SeveralChoicesField
        name="kinds"
        label={t('incidentKinds')}
        description={t('kindsNote')}
        chosenLabel={t('kindsChosen')}
        options={incidentKinds.map((id) => ({ id, label: incidents.kind(id) }))}
        value={draft.kinds}
        onChange={(kinds) => set({ kinds: kinds as IncidentKind[] })}
      />
      {areas.length > 0 && (
        <SelectField
          name="areaId"
          label={t('area')}
          description={t('areaNote')}
          options={[{ id: everyArea, label: t('everyArea') }, ...areas.map(({ id, name }) => ({ id, label: name }))]}
          value={draft.areaId ?? everyArea}
          onChange={(id) => set({ areaId: id === everyArea ? null : id })}
        />
      )}
      <CheckboxField label={t('hours')} value={hours !== null} onChange={(on) => onChange(withHours(draft, on))} />
      {hours !== null && <HoursField name="hours" value={hours} onChange={(next) => set({ hours: next })} />}
      <CheckboxField
        label={t(hours === null ? 'digestAll' : 'digestHeld')}
        value={digestMinute !== null}
        onChange={(on) => onChange(withDigest(draft, on))}
      />
      {digestMinute !== null && (
        <MinuteField
          name="digestMinute"
          label={t('digestAt')}
          description={t('digestNote')}
          value={digestMinute}
          onChange={(next) => set({ digestMinute: next })}
        />
      )}
      <CheckboxField
        label={t('escalation')}
        value={escalation !== null}
        onChange={(on) => onChange(withEscalation(draft, on))}
        isDisabled={others.length === 0}
      />
      {escalation !== null && (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            name="escalation.channelId"
            label={t('escalatesTo')}
            placeholder={t('choose')}
            options={others.map((channel) => ({ id: channel.id, label: words.name(channel) }))}
            value={escalation.channelId}
            onChange={(channelId) => set({ escalation: { ...escalation, channelId } })}
            isRequired
          />
          <TextField
            name="escalation.afterMinutes"
            label={t('escalatesAfter')}
            value={escalation.afterMinutes}
            onChange={(afterMinutes) => set({ escalation: { ...escalation, afterMinutes } })}
            inputMode="numeric"
            maxLength={4}
            isRequired
            error={readMinutes(escalation.afterMinutes) === null ? t('minutesForm') : null}
          />
        </div>
      )}
    </>
  );
}
