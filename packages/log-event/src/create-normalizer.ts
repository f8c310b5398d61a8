import type { LogEvent, Normalizer, NormalizerInput, NormalizerSettings } from './log-event.ts';
import { decodeRecordText } from './record-text.ts';

/** Turns sealed records into events. One normalizer per tenant zone; safe to keep, it holds only caches. */
export function createNormalizer(_settings: NormalizerSettings): Normalizer {
  return { normalize: (input) => textEvent(input) };
}

function textEvent(input: NormalizerInput): LogEvent {
  const { origin } = input;
  return {
    timestampUs: input.receivedAtUs,
    logStream: origin.logStream ?? origin.source.address,
    message: input.text ?? decodeRecordText(input.record),
    messageOffset: 0,
    fields: {},
    labels: {},
    parse: { format: 'text', status: 'unparsed', reason: 'no-format' },
  };
}
