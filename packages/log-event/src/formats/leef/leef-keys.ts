import { pairMeanings, type PairMeanings } from '../take-pairs.ts';

/** Predefined attributes of LEEF that have a catalogued name. */
export const leefMeanings: PairMeanings = pairMeanings(
  {
    src: 'source.ip',
    dst: 'destination.ip',
    srcPort: 'source.port',
    dstPort: 'destination.port',
    srcMAC: 'source.mac',
    dstMAC: 'destination.mac',
    srcBytes: 'source.bytes',
    dstBytes: 'destination.bytes',
    proto: 'network.transport',
    act: 'event.action',
    usrName: 'user.name',
    domain: 'user.domain',
    role: 'user.roles',
    url: 'url.original',
    sev: 'event.severity',
  },
  { times: ['devTime'], hasEscapes: false },
);
