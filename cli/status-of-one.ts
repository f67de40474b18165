import { imagesText, targetLines } from './targets.ts';
import { sleepState, type ServiceStatus } from './status-facts.ts';
import type { Call } from './verb.ts';
import type { Deployment } from '../lib/domain/deployment.ts';
import { isPast, toInstant } from '../lib/domain/instant.ts';
import type { QuarantineEntry } from '../lib/domain/quarantine.ts';
import { counted, sentence, span, time } from '../lib/notifications/wording.ts';
import { wrap } from '../lib/notifications/wrap.ts';

/** What is told of one service alone. */
export interface WholeStatus extends ServiceStatus {
  /** Of what waits or is barred here, what a quarantine bars everywhere. */
  quarantined: QuarantineEntry[];
  lastRollback?: Deployment;
}

const labelWidth = 12;

/** One service on a page: what runs, what is in the way, and where a rollback would lead. */
export function linesOfOne(status: WholeStatus, page: Call['page'], now: Date): string[] {
  const {
    current,
    since,
    hold,
    trouble,
    obstacle,
    sleep,
    override,
    service,
    managed,
    mode,
    waiting,
    barred,
    quarantined,
    left,
    lastRollback,
    targets,
  } = status;
  const quarantine = new Set(quarantined.map(({ digest }) => digest));
  const row = (label: string, text: string): string[] =>
    wrap(text, page.width - labelWidth).map((line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}`.trimEnd());
  return [
    service,
    ...(status.enrolled ? [] : ['Not enrolled yet: the tick does within a minute or so of the installation.']),
    ...(managed ? [] : row('Managed', 'no')),
    ...(mode === 'watch' ? row('Mode', 'watch: nothing is changed') : []),
    ...(current === undefined
      ? []
      : row('Runs', `${imagesText(current.images)}, ${current.state}${current.untested === true ? ', untested' : ''}`)),
    ...(since === undefined ? [] : row('Since', `${time(since)} (${span(since, toInstant(now))})`)),
    ...(current === undefined ? [] : [...row('Because', sentence(current.reason.text)), ...row('Deployment', current.id)]),
    ...(hold === undefined ? [] : row('On hold', `since ${time(hold.since)}, by ${hold.actor}: ${hold.reason}`)),
    ...(obstacle === undefined ? [] : row('Obstacle', sentence(obstacle.text))),
    ...(sleep === undefined
      ? []
      : row('Off-peak', `${sleepState(sleep)} since ${time(sleep.since)}; it had ${counted(sleep.saved.desired, 'task')}`)),
    ...(override === undefined || (override.until !== undefined && isPast(override.until, now))
      ? []
      : row(
          'Ordered',
          `${override.level}${override.until === undefined ? '' : ` until ${time(override.until)}`}, by ${override.actor}: ${override.reason}`,
        )),
    ...(trouble === undefined
      ? []
      : row('Trouble', `${trouble.count} times in a row, tried again ${time(trouble.until)}: ${trouble.reason}`)),
    ...waiting.flatMap((one) => row('Waits', `${one.image}, asked again ${time(one.until)}: ${one.reason.text}`)),
    ...left.flatMap((one) => row('Ordered', `${one.verb} by ${one.actor}, left to the tick ${time(one.leftAt)}`)),
    ...Object.entries(barred).flatMap(([digest, reason]) => [
      ...row(quarantine.has(digest) ? 'Quarantined' : 'Barred', digest),
      ...row('', sentence(reason.text)),
    ]),
    ...(lastRollback === undefined ? [] : row('Went back', wentBack(lastRollback))),
    '',
    ...targetLines(targets),
  ];
}

function wentBack({ images, timeline, rollback, reason }: Deployment): string {
  const begun = timeline.find(({ state }) => state === 'rolling-back');
  const by = rollback?.actor === undefined ? '' : `, by order of ${rollback.actor}`;
  return `${begun === undefined ? '' : `${time(begun.at)} `}from ${imagesText(images)}${by}: ${begun?.reason.text ?? reason.text}`;
}
