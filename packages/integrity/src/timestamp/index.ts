/** RFC 3161 time stamps: an entry of their own, as they need a reader of ASN.1 that nothing else here needs. */
export { certificatesOf, checkTimeStamp, type TimeStampFault } from './check-time-stamp.ts';
export { answersNonce, parseTimeStamp, timeStampRequest, type TimeStamp } from './time-stamp.ts';
