import { pass, type Gate } from './gate.ts';

/** A digest in quarantine, barred for this service, or being rolled back at this moment does not come back by our hand (design, rule 5). */
export const quarantineGate: Gate = ({ head, candidate, quarantined }) => {
  const reason = quarantined[candidate.digest];
  if (reason !== undefined)
    return { answer: 'reject', reason: { code: 'quarantined', text: `the image is in quarantine: ${reason.text}` } };
  const barred = head.barred[candidate.digest];
  if (barred !== undefined)
    return { answer: 'reject', reason: { code: 'barred', text: `the image was rolled back on this service: ${barred.text}` } };
  const { current } = head;
  const goesBack = current?.state === 'rolling-back' && current.images[candidate.repository]?.digest === candidate.digest;
  return goesBack
    ? { answer: 'reject', reason: { code: 'barred', text: `the image is being rolled back on this service: ${current.reason.text}` } }
    : pass;
};
