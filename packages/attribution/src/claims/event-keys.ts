import type { FlatDocument } from '@akashi/query';
import { terminalOf } from '../learn/terminal.ts';
import { readAddress, readMac } from '../masters/network-address.ts';
import { foldName } from '../masters/written-name.ts';
import { accountKey } from './account-claims.ts';
import { addressKey } from './device-claims.ts';
import { firstLabel, lastPart } from './name-variants.ts';

/** Everything under which claims about the event can be found; what is found is then compared by its condition. */
export function keysOfEvent(document: FlatDocument): string[] {
  const account = (field: string): string[] => {
    const name = text(document, field);
    return name === '' ? [] : placeFolds(document).map((fold) => accountKey(fold, name));
  };
  const address = readAddress(text(document, 'source.ip'));
  const mac = readMac(text(document, 'source.mac'));
  return [
    ...account('user.name'),
    ...account('user.id'),
    ...sessionKeys(document),
    ...(address === undefined ? [] : [addressKey(address)]),
    ...(mac === undefined ? [] : [`device ${mac}`]),
  ];
}

/** The folds of all names that the event gives its system. */
export function placeFolds(document: FlatDocument): string[] {
  const host = text(document, 'host.name');
  const group = text(document, 'log.group');
  const ip = text(document, 'host.ip');
  const names = [
    host,
    firstLabel(host),
    text(document, 'log.stream'),
    group,
    lastPart(group),
    text(document, 'service.name'),
    readAddress(ip) ?? ip,
  ];
  return [...new Set(names.filter((name) => name !== '').map(foldName))];
}

function sessionKeys(document: FlatDocument): string[] {
  const host = text(document, 'host.name');
  const stream = text(document, 'log.stream');
  const places = [...new Set([host, firstLabel(host), stream, firstLabel(stream)])].filter((name) => name !== '');
  const tty = terminalOf(text(document, 'process.tty.name'));
  const pid = document['process.pid'];
  const keys = [
    'only',
    ...(tty === null ? [] : [`tty ${tty}`]),
    ...(typeof pid === 'number' ? [`pid ${pid}`] : []),
    ...ifSaid(document, 'session.id', 'session'),
    ...ifSaid(document, 'winlog.logon.id', 'session').map((key) => key.toLowerCase()),
    ...ifSaid(document, 'user.id', 'login'),
  ];
  return places.flatMap((place) => keys.map((key) => `${place.normalize('NFC')} ${key}`));
}

function ifSaid(document: FlatDocument, field: string, key: string): string[] {
  const value = text(document, field);
  return value === '' ? [] : [`${key} ${value}`];
}

function text(document: FlatDocument, field: string): string {
  const value = document[field];
  return typeof value === 'string' ? value : '';
}
