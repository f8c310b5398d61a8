'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changeRule, readRule, removeRule, type Rule, type RuleDetail } from '../api-client/rules.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { BackLink } from '../frame/back-link.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { MissingNeeds } from './missing-needs.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleFacts } from './rule-facts.tsx';
import { RuleHistory } from './rule-history.tsx';
import { SwitchDialog } from './switch-dialog.tsx';
import { TryRule } from './try-rule.tsx';

/** One rule: what it looks for, whether it can find it, and when it was in force. */
export function RulePage({ id }: { id: string }) {
  const t = useTranslations('rules');
  const language = useLocale();
  const mayManage = mayDo(useSession(), 'rules.manage');
  const [isEdited, setEdited] = useQueryState('edit', parseAsBoolean.withDefault(false));
  const [dialog, setDialog] = useState<'switch' | 'remove' | null>(null);
  const rule = useQuery({ queryKey: ['rules', 'one', id], queryFn: ({ signal }) => readRule(id, signal) });
  const isShown = mayManage && !isEdited && rule.data !== undefined;
  return (
    <Page
      title={rule.data?.title[language] ?? t('one')}
      actions={
        isShown && (
          <>
            <Button className="control text-bad" onPress={() => setDialog('remove')}>
              {t('remove')}
            </Button>
            <Button className="control" onPress={() => void setEdited(true)}>
              {t('edit')}
            </Button>
            <Button className="control control-primary" onPress={() => setDialog('switch')}>
              {t(rule.data?.enabled === true ? 'switchOff' : 'switchOn')}
            </Button>
          </>
        )
      }
    >
      <BackLink href="/rules">{t('back')}</BackLink>
      <Answer of={rule} what="rules">
        {(found) =>
          isEdited && mayManage ? (
            <Edited rule={found} onClose={() => void setEdited(null)} />
          ) : (
            <>
              <Shown rule={found} />
              {dialog !== null && <Dialogs rule={found} dialog={dialog} onClose={() => setDialog(null)} />}
            </>
          )
        }
      </Answer>
    </Page>
  );
}

function Shown({ rule }: { rule: RuleDetail }) {
  const mayManage = mayDo(useSession(), 'rules.manage');
  const newest = rule.versions[0];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <MissingNeeds needs={rule.cannotMatch} />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        <RuleFacts rule={rule} />
        <RuleHistory rule={rule} />
      </div>
      {mayManage && newest !== undefined && (
        <TryRule rule={() => (rule.format === 'sigma' ? newest.source : (JSON.parse(newest.source) as RuleInputOf))} />
      )}
    </div>
  );
}

type RuleInputOf = Exclude<Parameters<typeof changeRule>[1]['rule'], string | undefined>;

function Edited({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const t = useTranslations('rules');
  const notify = useNotify();
  const client = useQueryClient();
  const newest = rule.versions[0];
  if (newest === undefined) return null;
  return (
    <RuleEditor
      key={newest.version}
      initial={newest}
      problemWords={{ 'conflict/changed-meanwhile': t('changedMeanwhile') }}
      onClose={onClose}
      onSave={async (written) => {
        const { version } = await changeRule(rule.id, { rule: written, basedOn: newest.version });
        await client.invalidateQueries({ queryKey: ['rules'] });
        notify({ text: t('saved', { version }) });
        onClose();
      }}
    />
  );
}

interface DialogsProps {
  rule: RuleDetail;
  dialog: 'switch' | 'remove';
  onClose: () => void;
}

function Dialogs({ rule, dialog, onClose }: DialogsProps) {
  const t = useTranslations('rules');
  const name = rule.title[useLocale()];
  const router = useRouter();
  const notify = useNotify();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['rules'] });
  if (dialog === 'switch') {
    return (
      <SwitchDialog
        rule={rule}
        onClose={onClose}
        onDone={async ({ enabled }: Rule) => {
          await refresh();
          notify({ text: t(enabled ? 'switchedOnNotice' : 'switchedOffNotice', { name }) });
        }}
      />
    );
  }
  return (
    <FormDialog
      title={t('removeTitle', { name })}
      action={t('remove')}
      danger
      onClose={onClose}
      onSubmit={(entries) => removeRule(rule.id, typedEntry(entries, 'reason'))}
      onDone={() => {
        router.push('/rules');
        notify({ text: t('removed', { name }) });
        return client.invalidateQueries({ queryKey: ['rules', 'list'] });
      }}
    >
      <p className="max-w-[60ch] text-muted">{t('removeFollows')}</p>
      <TextField name="reason" label={t('reason')} maxLength={500} rows={2} isRequired />
    </FormDialog>
  );
}
