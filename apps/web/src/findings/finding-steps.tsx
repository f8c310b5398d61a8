'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changeFinding, type Finding } from '../api-client/findings.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { changeBy, findingSteps, type FindingStep } from './finding-step.ts';

/** The steps of a finding that are this person's now; each says what it does before it is taken. */
export function FindingSteps({ finding }: { finding: Finding }) {
  const t = useTranslations('logFindings');
  const session = useSession();
  const [asked, setAsked] = useState<FindingStep | null>(null);
  const steps = findingSteps(finding, { id: session.user.id, permissions: session.permissions });
  if (steps.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {steps.map((step) => (
        <Button key={step} className="control control-small" onPress={() => setAsked(step)}>
          {t(`steps.${step}`)}
        </Button>
      ))}
      {asked !== null && <StepDialog finding={finding} step={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

interface StepDialogProps {
  finding: Finding;
  step: FindingStep;
  onClose: () => void;
}

function StepDialog({ finding, step, onClose }: StepDialogProps) {
  const t = useTranslations('logFindings');
  const client = useQueryClient();
  const notify = useNotify();
  const { typed, type, drop } = useDraft<Record<'text' | 'action' | 'outcome', string>>(
    `finding:${finding.id}:${step}`,
  );
  const text = typed.text ?? '';
  const action = typed.action ?? finding.action ?? '';
  const outcome = typed.outcome ?? finding.outcome ?? '';
  return (
    <FormDialog
      title={t(`stepTitles.${step}`)}
      action={t(`steps.${step}`)}
      problemWords={{
        'separation-of-duties': t('stepProblems.separation'),
        conflict: t('stepProblems.conflict'),
        'conflict/unfinished': t('stepProblems.unfinished'),
        'finding-settled': t('stepProblems.settled'),
      }}
      onClose={onClose}
      onSubmit={async () => {
        await changeFinding(finding.id, changeBy(step, { text, action, outcome }));
        drop();
        await Promise.all(['findings', 'log-reviews'].map((key) => client.invalidateQueries({ queryKey: [key] })));
        notify({ text: t(`stepDone.${step}`) });
      }}
    >
      <p className="font-medium">
        #{finding.number} {finding.title}
      </p>
      <p className="text-meta text-muted">{t(`stepTexts.${step}`)}</p>
      {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog is opened to be typed into */}
      {step === 'resolve' ? (
        <>
          <TextField
            name="action"
            label={t('fields.action')}
            value={action}
            onChange={(value) => type({ action: value })}
            maxLength={4_000}
            rows={3}
            isRequired
            autoFocus
          />
          <TextField
            name="outcome"
            label={t('fields.outcome')}
            value={outcome}
            onChange={(value) => type({ outcome: value })}
            maxLength={4_000}
            rows={2}
            isRequired
          />
        </>
      ) : (
        <TextField
          name={step === 'escalate' || step === 'instruct' ? step : 'comment'}
          label={t('text')}
          value={text}
          onChange={(value) => type({ text: value })}
          maxLength={4_000}
          rows={3}
          isRequired={step !== 'close' && step !== 'reopen'}
          autoFocus
        />
      )}
      {/* oxlint-enable jsx-a11y/no-autofocus */}
    </FormDialog>
  );
}
