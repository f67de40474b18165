import { pass, type Gate } from './gate.ts';

/** `mode: watch` records and tells what would be done, and changes nothing in AWS. */
export const watchGate: Gate = ({ candidate }, { mode }) => {
  if (mode !== 'watch') return pass;
  return {
    answer: 'reject',
    reason: { code: 'watch-only', text: `mode is watch; in mode deploy, ${candidate.repository}:${candidate.tag} would be deployed now` },
  };
};
