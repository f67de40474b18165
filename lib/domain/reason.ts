/**
 * Why something was decided. The codes are a contract (history, alerts, command line): they are added to and never renamed.
 */
export const reasonCodes = [
  // A candidate
  'new-image', // it is new for the service and nothing bars it
  'not-accepted', // no tag of it is accepted by the policy
  'not-runnable', // untagged, an attestation, a signature, a chart: nothing that a service runs
  'older-than-seen', // a newer candidate was decided already
  'already-running', // the service runs this digest
  'already-decided', // this very candidate has its outcome on record
  'newer-candidate', // a newer candidate took its place
  'quarantined', // rolled back somewhere for a cause of its own
  'carries-quarantined', // what it would run with, of another repository, is in quarantine, or was rolled back on this service
  'barred', // rolled back on this service
  'on-hold', // a person holds the service
  'too-soon', // at most one update of a service a minute
  'busy', // another function is changing the service at this moment
  'rollback-under-way', // the service is on its way back
  'no-container', // no container of the service runs an image of that repository
  'too-young', // gates.age: pushed too short a while ago
  'scan-pending', // gates.scan: its scan has no result yet
  'scan-findings', // gates.scan: it holds what is not let in
  'scan-missing', // gates.scan: nothing scans the repository
  'scan-overdue', // gates.scan: no result in time
  'scan-unusable', // gates.scan: its scan ended without a result
  'platform-mismatch', // built for another platform than the service runs on
  'watch-only', // mode: watch records and changes nothing
  // Things that are not there, or not of our kind
  'service-missing',
  'service-inactive',
  'repository-missing',
  'image-missing',
  'unsupported-kind', // a controller or a strategy that is not deployed to
  'let-go', // managed: false
  // A deployment
  'baseline', // what ran when the service was enrolled
  'external', // made by somebody else
  'started',
  'rollout-completed',
  'untested', // completed with no task to prove it
  'bake-passed',
  'replaced-by-newer', // a live one, after a newer went live
  'replaced-outside', // somebody else deployed over it
  'rollout-failed',
  'rollout-overdue',
  'task-failures',
  'native-rollback', // the circuit breaker, an alarm or an operator went back already
  'incident', // old and new revision fail alike: not the image
  'back-on-target',
  'returned-to-verified',
  'no-target', // nothing verified that can still start
  'rollback-disabled', // verify.rollback: false, or external: tell
  'rollback-failed',
  'rollback-overdue',
  'quarantined-returned', // somebody else brought a quarantined digest back
  'no-capacity', // ECS finds no place for its tasks: told, and counted against nobody
  'cannot-start', // ECS says that its tasks cannot start
  'unknown-stop', // a task stopped for a reason that the catalogue does not know
  'aws-refused', // AWS answered that this can never succeed
  // Asleep or awake
  'awake-window', // a window of its schedule is open
  'off-peak', // no window is open
  'holiday', // no window opens today
  'exception', // an exception of its schedule holds
  'override', // a person ordered it for a while
  'no-schedule', // it sleeps by no schedule any more
  'sleep-postponed', // a deployment of it is not decided yet
  'cannot-sleep', // of a kind that takes no desired count
  'scaled-up', // somebody scaled it up while it slept
  'woken-late', // its tasks did not come up in time after waking
  // A command
  'by-hand', // a person ordered it
  'held', // no new image is taken until somebody resumes it
  'resumed',
  'lifted', // a digest may be taken again
  'cancelled', // a person let go of what waited
  'nothing-waits',
  'not-held',
  'not-barred', // no quarantine and no bar stands
  'rolled-back-already', // it is back on what it would go back to
  'not-verified', // not among the verified that a service may go back to
  'nothing-on-record', // not enrolled, or what it runs is not adopted yet
  'not-managed', // the configuration names no such service
  'command-left', // left in the head: whoever acts, or the tick, goes on with it
  'command-overdue', // it could not be carried out in time, and is no longer wanted
  'malformed-command',
  'not-available', // of a later version
  'proof-invalid', // STS does not confirm who ordered it
  'proof-stale', // signed too long ago
  'proof-unchecked', // STS could not be asked
  // The product itself
  'enrolled',
  'exposed', // a finding is open on what runs
  'no-way-back', // a rollback would not find its target
  'way-back-again',
  'work-failing', // the same work failed again and again
  'channel-refused', // a channel takes no messages: its webhook or token was revoked, say
  'channel-recovered', // a channel that was refused takes messages again
  'over', // what was told as trouble is over
  'several', // many messages of one kind, told as one
  'not-ours', // a message that somebody else put on the topic
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

/** A code for machines and a sentence for people. */
export interface Reason {
  code: ReasonCode;
  text: string;
}
