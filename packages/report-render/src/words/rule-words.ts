import { columnWords, flagWords, type FlagRule, type WorkingHours } from '@akashi/report';
import type { Language } from '../rows/run-head.ts';

/** What a rule flags, in one line with its figures. */
export function ruleText(rule: FlagRule, language: Language): string {
  const name = flagWords[rule.kind][language];
  const figures = language === 'ja' ? japanese(rule) : english(rule);
  if (figures === '') return name;
  return language === 'ja' ? `${name}：${figures}` : `${name}: ${figures}`;
}

function japanese(rule: FlagRule): string {
  switch (rule.kind) {
    case 'first-time':
      return `${rule.of.map((column) => columnWords[column].ja).join('・')}の組み合わせが過去 ${rule.days} 日間にない`;
    case 'outside-hours':
      return rule.hours === undefined ? '確認対象または組織の業務時間による' : hoursText(rule.hours, 'ja');
    case 'failures-in-a-row':
      return `${rule.minutes} 分以内に ${rule.count} 回以上`;
    case 'success-after-failures':
      return `${rule.minutes} 分以内に ${rule.count} 回以上の失敗の後、${rule.withinMinutes} 分以内の成功`;
    case 'unchanged-credential':
      return `${rule.days} 日以上変更がない`;
    case 'bulk':
      return `${rule.minutes} 分以内に ${rule.count} 回以上、または 1 回で ${rule.rows} 件以上`;
    case 'any':
      return rule.where === undefined ? 'すべての行' : rule.where;
    case 'changed-for-other':
    case 'outside-approval':
    case 'person-unknown':
    case 'person-conflict':
      return '';
  }
}

function english(rule: FlagRule): string {
  switch (rule.kind) {
    case 'first-time':
      return `${rule.of.map((column) => columnWords[column].en.toLowerCase()).join(' and ')} not together in the last ${rule.days} days`;
    case 'outside-hours':
      return rule.hours === undefined ? 'by the hours of the area or the organisation' : hoursText(rule.hours, 'en');
    case 'failures-in-a-row':
      return `at least ${rule.count} within ${rule.minutes} minutes`;
    case 'success-after-failures':
      return `within ${rule.withinMinutes} minutes after at least ${rule.count} failures in ${rule.minutes} minutes`;
    case 'unchanged-credential':
      return `for ${rule.days} days or more`;
    case 'bulk':
      return `at least ${rule.count} within ${rule.minutes} minutes, or ${rule.rows} records at once`;
    case 'any':
      return rule.where === undefined ? 'every row' : rule.where;
    case 'changed-for-other':
    case 'outside-approval':
    case 'person-unknown':
    case 'person-conflict':
      return '';
  }
}

const dayNames = { ja: '月火水木金土日', en: 'Mon Tue Wed Thu Fri Sat Sun' } as const;

function hoursText({ days, fromMinute, untilMinute }: WorkingHours, language: Language): string {
  const names = language === 'ja' ? Array.from(dayNames.ja) : dayNames.en.split(' ');
  const named = days.map((day) => names[day - 1]).join(language === 'ja' ? '' : ' ');
  return `${named} ${clock(fromMinute)}–${clock(untilMinute)}`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `pci:4.0.1:10.2.1.4` and its like by version: `PCI DSS 4.0.1: 10.2.1.4, 10.2.1.5 / 3.0: 10.2.4`. */
export function requirementsText(requirements: readonly string[]): string {
  const byVersion = new Map<string, string[]>();
  for (const requirement of requirements) {
    const [, version = '', number = ''] = requirement.split(':');
    byVersion.set(version, [...(byVersion.get(version) ?? []), number]);
  }
  const said = [...byVersion].map(([version, numbers]) => `${version}: ${numbers.join(', ')}`);
  return said.length === 0 ? '—' : `PCI DSS ${said.join(' / ')}`;
}
