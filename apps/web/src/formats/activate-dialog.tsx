'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readLogGroupNames } from '../api-client/access.ts';
import { activateFormat, tryReceived, type FormatTrial, type OwnFormat } from '../api-client/formats.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { TriedLineView } from './tried-lines.tsx';

interface ActivateDialogProps {
  format: OwnFormat;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

const dayMs = 86_400_000;

/** Which version reads the lines of which log groups, tried on a day of them before. */
export function ActivateDialog({ format, onClose, onDone }: ActivateDialogProps) {
  const t = useTranslations('formats');
  const { live, versions } = format;
  const [version, setVersion] = useState(String(versions[0]?.version ?? 1));
  const [logGroups, setLogGroups] = useState<string[]>(live?.logGroups ?? []);
  const [trials, setTrials] = useState<ReadonlyMap<string, FormatTrial>>(new Map());
  const [trying, setTrying] = useState(false);
  const groups = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const chosen = versions.find((each) => String(each.version) === version);
  const tryAll = async () => {
    if (chosen === undefined) return;
    setTrying(true);
    const to = nowMilliseconds();
    const range = { from: new Date(to - dayMs).toISOString(), to: new Date(to).toISOString() };
    const results = new Map<string, FormatTrial>();
    for (const logGroup of logGroups) {
      const result = await tryReceived({ definition: chosen.definition, logGroup, ...range }).catch(() => null);
      if (result !== null) results.set(logGroup, result);
    }
    setTrials(results);
    setTrying(false);
  };
  return (
    <FormDialog
      title={t('activateTitle', { name: format.id })}
      action={t('activate')}
      problemWords={{ 'request-invalid': t('chooseGroups') }}
      onClose={onClose}
      onSubmit={() => activateFormat(format.id, { version: Number(version), logGroups })}
      onDone={onDone}
    >
      <p className="max-w-[60ch] text-muted">{t('activateFollows')}</p>
      <SelectField
        label={t('columns.version')}
        options={versions.map((each) => ({ id: String(each.version), label: t('version', { version: each.version }) }))}
        value={version}
        onChange={(next) => {
          setVersion(next);
          setTrials(new Map());
        }}
      />
      <SeveralChoicesField
        label={t('logGroups')}
        description={t('logGroupsNote')}
        chosenLabel={t('logGroupsChosen')}
        options={(groups.data ?? []).filter((name) => !name.startsWith('akashi/')).map((id) => ({ id, label: id }))}
        value={logGroups}
        onChange={(next) => {
          setLogGroups(next);
          setTrials(new Map());
        }}
        offerTyped={(typed) => t('useTyped', { name: typed })}
      />
      <div className="grid gap-2">
        <div>
          <Button className="control" isDisabled={trying || logGroups.length === 0} onPress={() => void tryAll()}>
            {trying ? t('trying') : t('tryDay')}
          </Button>
        </div>
        <div role="status" className="grid gap-2">
          {[...trials].map(([logGroup, { tried, read, isWhole, left }]) => (
            <details key={logGroup}>
              <summary>
                <span className="font-mono text-record">{logGroup}</span>{' '}
                {t(isWhole ? 'trialResult' : 'trialResultPart', { tried, read, left: tried - read })}
              </summary>
              <ol className="mt-2 grid max-h-64 gap-2 overflow-auto">
                {left.map((line) => (
                  <li key={line.id}>
                    <TriedLineView line={line} />
                  </li>
                ))}
              </ol>
            </details>
          ))}
        </div>
      </div>
    </FormDialog>
  );
}
