'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { HostTime } from '../api-client/host-times.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';

export function HostTimesTable({ hosts }: { hosts: readonly HostTime[] }) {
  const t = useTranslations('hostTimes');
  return (
    <ScrollRegion label={t('table')} className="overflow-x-auto">
      <table className="plain-table min-w-[1080px]" aria-label={t('table')}>
        <thead>
          <tr>
            {(['host', 'state', 'server', 'offset', 'since', 'steps', 'last'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <Row key={host.host} host={host} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ host }: { host: HostTime }) {
  const t = useTranslations('hostTimes');
  const { state, problems, server, designated, stratum, group, steps, stepCount } = host;
  return (
    <tr>
      <th scope="row" className="align-top font-normal">
        <span className="font-mono text-record">{host.host}</span>
        {group !== null && <span className="block text-meta text-muted">{group}</span>}
      </th>
      <td className="align-top !whitespace-normal">
        <span className={problems.length > 0 ? 'font-medium text-attention' : ''}>{t(`states.${state}`)}</span>
        {problems.map((problem) => (
          <span key={problem} className="block text-meta text-attention">
            {t(`problems.${problem}`)}
          </span>
        ))}
      </td>
      <td className="align-top">
        {server === null ? '–' : <span className="font-mono text-record">{server}</span>}
        {stratum !== null && <span className="block text-meta text-muted">{t('stratum', { stratum })}</span>}
        {designated !== null && (
          <span className="block text-meta text-muted">{t(designated ? 'designated' : 'undesignated')}</span>
        )}
      </td>
      <td className="align-top">
        <Offset seconds={host.offsetSeconds} />
      </td>
      <td className="align-top">
        <Moment at={host.since} />
      </td>
      <td className="align-top !whitespace-normal">
        {stepCount === 0 ? (
          t('noSteps')
        ) : (
          <details>
            <summary className="cursor-pointer">{t('steps', { count: stepCount })}</summary>
            <ul className="mt-1 grid gap-1 text-meta">
              {steps.map((step) => (
                <li key={step.receivedAt}>
                  <Moment at={step.at} precision="second" /> {t(`by.${step.by}`)}
                  {step.account !== null && <> {t('account', { account: step.account })}</>}{' '}
                  {step.offsetSeconds !== null && <Offset seconds={step.offsetSeconds} />}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td className="align-top">
        <Moment at={host.lastReceivedAt} />
      </td>
    </tr>
  );
}

const second = 1;

/** In the unit that people read it in: seconds from one on, else milliseconds. */
function Offset({ seconds }: { seconds: number | null }) {
  const t = useTranslations('hostTimes');
  const format = useFormatter();
  if (seconds === null) return '–';
  const isLong = Math.abs(seconds) >= second;
  const figure = format.number(isLong ? seconds : seconds * 1000, {
    maximumFractionDigits: 3,
    signDisplay: 'exceptZero',
  });
  return <span className="whitespace-nowrap">{t(isLong ? 'seconds' : 'milliseconds', { figure })}</span>;
}
