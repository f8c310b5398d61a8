import { standardMaster } from '@akashi/attribution';
import type { Language } from '../rows/run-head.ts';

const names: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  product: { ja: '製品', en: 'product' },
  catalogue: { ja: 'ログ形式の定義', en: 'catalogue of formats' },
  checks: { ja: '自動確認', en: 'automatic checks' },
  rules: { ja: '検出ルール', en: 'detection rules' },
};

/** What decided what a file says, by version; a name that is not known here is said as it is. */
export function versionTexts(versions: Readonly<Record<string, string | number>>, language: Language): string[] {
  return Object.entries(versions).map(([name, version]) => {
    const master = /^master (.+)$/.exec(name)?.[1];
    if (master === undefined) return `${names[name]?.[language] ?? name} ${version}`;
    return `${language === 'ja' ? 'マスタ' : 'master of'} ${standardMaster(master)?.title[language] ?? master} ${version}`;
  });
}
