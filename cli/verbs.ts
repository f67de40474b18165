import type { Verb } from './verb.ts';
import { cancel } from './verbs/cancel.ts';
import { deploy } from './verbs/deploy.ts';
import { history } from './verbs/history.ts';
import { hold } from './verbs/hold.ts';
import { lift } from './verbs/lift.ts';
import { plan } from './verbs/plan.ts';
import { resume } from './verbs/resume.ts';
import { rollback } from './verbs/rollback.ts';
import { savings } from './verbs/savings.ts';
import { schedule } from './verbs/schedule.ts';
import { sleep } from './verbs/sleep.ts';
import { status } from './verbs/status.ts';
import { wake } from './verbs/wake.ts';

/** Every verb, in the order in which the help shows them. */
export const verbs: readonly Verb[] = [status, history, plan, schedule, savings, rollback, hold, resume, deploy, cancel, lift, wake, sleep];
