import type { Reason, ReasonKind } from '../claims/claim.ts';

type Words = (params: Readonly<Record<string, string>>) => { ja: string; en: string };

const words: Readonly<Record<ReasonKind, Words>> = {
  account: ({ system, id, person }) => ({
    ja: `共通ID：${system} の ${id} は ${person}`,
    en: `Common IDs: ${id} on ${system} is ${person}`,
  }),
  asset: ({ host, address }) => ({
    ja: `資産：${host} のアドレスは ${address}`,
    en: `Assets: the address of ${host} is ${address}`,
  }),
  lease: ({ mac, address }) => ({
    ja: `DHCPリース：${address} は端末 ${mac} に貸出中`,
    en: `DHCP leases: ${address} was leased to the device ${mac}`,
  }),
  device: ({ mac, device, person }) => ({
    ja: `端末：${device === '' ? mac : `${device}（${mac}）`} の利用者は ${person}`,
    en: `Devices: ${device === '' ? mac : `${device} (${mac})`} is used by ${person}`,
  }),
  elevation: ({ origin, account, host, tty }) => ({
    ja: `セッション：${host} で ${origin ?? '不明なアカウント'} が ${account} に切り替え${tty === undefined ? '' : `（端末 ${tty}）`}`,
    en: `Sessions: ${origin ?? 'an unknown account'} became ${account} on ${host}${tty === undefined ? '' : ` (terminal ${tty})`}`,
  }),
  'sign-in': ({ account, host, tty, session, address }) => ({
    ja: `セッション：${account} が${address === undefined ? '' : ` ${address} から`} ${host} にサインイン${inBrackets('（', '）', { 端末: tty, セッション: session })}`,
    en: `Sessions: ${account} signed in to ${host}${address === undefined ? '' : ` from ${address}`}${inBrackets(' (', ')', { terminal: tty, session })}`,
  }),
  'only-session': ({ account, host, origin }) => ({
    ja: `セッション：そのとき ${host} で ${account} を使っていたのは 1 人だけ${origin === undefined ? '' : `（${origin} から切り替え）`}`,
    en: `Sessions: only one person was using ${account} on ${host} then${origin === undefined ? '' : ` (from ${origin})`}`,
  }),
  'login-id': ({ account, loginId, host }) => ({
    ja: `セッション：${host} のログインID ${loginId} は ${account}`,
    en: `Sessions: login ID ${loginId} on ${host} is ${account}`,
  }),
};

/** One link of a resolution in a sentence. */
export function explainReason(reason: Pick<Reason, 'kind' | 'params'>, language: 'ja' | 'en'): string {
  return words[reason.kind](reason.params)[language];
}

function inBrackets(open: string, close: string, said: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(said).flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${value}`]));
  return parts.length === 0 ? '' : `${open}${parts.join(', ')}${close}`;
}
