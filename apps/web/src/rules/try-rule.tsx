'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { tryRule, type RuleTry, type WrittenRule } from '../api-client/rules.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { explorerAddress } from '../query/url-state.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { Moment } from '../time/moment.tsx';
import { MissingNeeds } from './missing-needs.tsx';
import { RuleProblems } from './rule-problems.tsx';

const dayMs = 86_400_000;
const choices = ['1', '7', '14', '30'] as const;

interface TryRuleProps {
  /** Undefined where it cannot be read. */
  rule: () => WrittenRule | undefined;
}

/** What a rule would have found on past days, before it is switched on. */
export function TryRule({ rule }: TryRuleProps) {
  const t = useTranslations('rules.try');
  const [days, setDays] = useState<(typeof choices)[number]>('7');
  const [tried, setTried] = useState<RuleTry | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const last = useRef<AbortController | null>(null);
  useEffect(() => () => last.current?.abort(), []);
  const begin = async () => {
    const written = rule();
    if (written === undefined) return;
    const controller = new AbortController();
    last.current = controller;
    setRunning(controller);
    setTried(null);
    setError(null);
    const to = nowMilliseconds();
    const range = {
      from: new Date(to - Number(days) * dayMs).toISOString(),
      to: new Date(to).toISOString(),
    };
    try {
      setTried(await tryRule({ rule: written, ...range }, controller.signal));
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    }
    setRunning(null);
  };
  return (
    <section aria-label={t('title')} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="border-b border-line pb-1 font-medium">{t('title')}</h2>
      <p className="max-w-[72ch] text-muted">{t('text')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-40">
          <SelectField
            label={t('range')}
            options={choices.map((id) => ({ id, label: t('days', { days: Number(id) }) }))}
            value={days}
            onChange={setDays}
          />
        </div>
        {running === null ? (
          <Button className="control" onPress={() => void begin()}>
            {t('start')}
          </Button>
        ) : (
          <Button className="control" onPress={() => running.abort()}>
            {t('cancel')}
          </Button>
        )}
        <p role="status" className="min-h-8 content-center">
          {running !== null && t('running')}
          {tried !== null && tried.problems.length === 0 && t('result', { count: tried.count })}
        </p>
      </div>
      <FormProblem error={error} words={{ 'archive-search-busy': t('busy') }} />
      {tried !== null && <Tried tried={tried} />}
    </section>
  );
}

function Tried({ tried }: { tried: RuleTry }) {
  const t = useTranslations('rules.try');
  const { problems, cannotMatch, matches, read, ended, reachedAt, seesAll, alerts, count } = tried;
  if (problems.length > 0) return <RuleProblems problems={problems} />;
  return (
    <>
      <p className="text-meta text-muted">
        {t('read', { matches, records: read.records, blocks: read.blocks })} {!seesAll && t('partOnly')}
      </p>
      {ended !== 'all-read' && (
        <p role="note" className="border-l-2 border-attention pl-3">
          {t.rich(`ended.${ended}`, { at: () => <Moment at={reachedAt} /> })}
        </p>
      )}
      <MissingNeeds needs={cannotMatch} />
      {alerts.length > 0 && <TriedAlerts alerts={alerts} />}
      {alerts.length < count && <p className="text-meta text-muted">{t('first', { shown: alerts.length })}</p>}
    </>
  );
}

function TriedAlerts({ alerts }: Pick<RuleTry, 'alerts'>) {
  const t = useTranslations('rules.try');
  return (
    <ScrollRegion label={t('alerts')} className="max-h-96 overflow-auto">
      <table className="plain-table min-w-[720px]">
        <thead>
          <tr>
            <th scope="col">{t('columns.first')}</th>
            <th scope="col">{t('columns.key')}</th>
            <th scope="col" className="number">
              {t('columns.count')}
            </th>
            <th scope="col">{t('columns.places')}</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map(({ id, firstAt, key, count, places, events: [first] }) => (
            <tr key={id}>
              <td>
                {first === undefined ? (
                  <Moment at={firstAt} precision="second" />
                ) : (
                  <Link
                    href={explorerAddress({ event: first.id })}
                    className="text-accent underline underline-offset-2"
                  >
                    <Moment at={firstAt} precision="second" />
                  </Link>
                )}
              </td>
              <td>
                <AlertKey alertKey={key} />
              </td>
              <td className="number">{count}</td>
              <td>{places.map(({ logGroup, logStream }) => `${logGroup} / ${logStream}`).join(', ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Values of the fields that part an alert from others of its rule. */
export function AlertKey({ alertKey }: { alertKey: RuleTry['alerts'][number]['key'] }) {
  if (alertKey.length === 0) return '–';
  return (
    <ul>
      {alertKey.map(({ field, value }) => (
        <li key={field}>
          <span className="text-meta text-muted">{field}</span>{' '}
          <span className="font-mono text-record break-all">{value ?? '–'}</span>
        </li>
      ))}
    </ul>
  );
}
