import { bases } from './bases.ts';
import { claimsEnd } from './claims-end.ts';
import { copies } from './copies.ts';
import { dueInTime } from './due-in-time.ts';
import { gatesHold } from './gates-hold.ts';
import { owedAtOnce } from './owed-at-once.ts';
import { paid } from './paid.ts';
import { stopsLogged } from './stops-logged.ts';
import { countedOnce } from './counted-once.ts';
import { desiredCount } from './desired-count.ts';
import { expectedErrors } from './expected-errors.ts';
import { holdHolds } from './hold-holds.ts';
import { orders } from './orders.ts';
import { innocence } from './innocence.ts';
import type { MakeJudge } from './judge.ts';
import { newerOverOlder } from './newer-over-older.ts';
import { newestRuns } from './newest-runs.ts';
import { onRecord } from './on-record.ts';
import { oneHand } from './one-hand.ts';
import { oneWayBack } from './one-way-back.ts';
import { pace } from './pace.ts';
import { quarantine } from './quarantine.ts';
import { reallyHealthy } from './really-healthy.ts';
import { reasons } from './reasons.ts';
import { returnedHeard } from './returned-heard.ts';
import { settled } from './settled.ts';
import { told } from './told.ts';
import { verifiedTarget } from './verified-target.ts';
import { watchOnly } from './watch-only.ts';
import { hardshipJudges } from '../hardships/judges.ts';
import { nightJudges } from '../nights/judges.ts';

/** All rules, each in its own file. */
export const judges: readonly MakeJudge[] = [
  expectedErrors,
  oneHand,
  claimsEnd,
  dueInTime,
  pace,
  desiredCount,
  watchOnly,
  newerOverOlder,
  quarantine,
  gatesHold,
  holdHolds,
  orders,
  copies,
  bases,
  innocence,
  countedOnce,
  verifiedTarget,
  oneWayBack,
  reallyHealthy,
  returnedHeard,
  settled,
  newestRuns,
  reasons,
  stopsLogged,
  owedAtOnce,
  paid,
  told,
  onRecord,
  ...nightJudges,
  ...hardshipJudges,
];
