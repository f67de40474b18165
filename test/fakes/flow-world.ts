import { deployImage } from '../../lib/flows/deploy-image.ts';
import { followRollout } from '../../lib/flows/follow-rollout.ts';
import { obeyCommand } from '../../lib/flows/obey-command.ts';
import { judgeStoppedTask } from '../../lib/flows/judge-stopped-task.ts';
import { sleeping } from '../../lib/flows/sleeping.ts';
import { tick } from '../../lib/flows/tick.ts';
import type { Command, Verb } from '../../lib/domain/command.ts';
import type { CommandAnswer } from '../../lib/domain/command-answer.ts';
import type { StoppedTask } from '../../lib/domain/failure.ts';
import type { Head } from '../../lib/domain/head.ts';
import type { ImagePush } from '../../lib/domain/image-push.ts';
import type { MetricName } from '../../lib/domain/metric.ts';
import type { Configuration, GatesPolicy } from '../../lib/domain/policy.ts';
import type { Deployment } from '../../lib/domain/deployment.ts';
import type { TaskDefinition } from '../../lib/domain/task-definition.ts';
import type { Invocation } from '../../lib/ports/invocation.ts';
import { aCrash, aPush, taskArn } from './events-told.ts';
import { fakeImageContents } from './fake-image-contents.ts';
import { fakeRegistry } from './fake-registry.ts';
import { fakeScaling } from './fake-scaling.ts';
import { fakeScans } from './fake-scans.ts';
import { fakeServices } from './fake-services.ts';
import { fakeTaskDefinitions } from './fake-task-definitions.ts';
import { fakeTaskLogs } from './fake-task-logs.ts';
import { fakeTopic } from './fake-topic.ts';
import { memoryDeploymentLog, memoryHistory } from './memory-deployment-log.ts';
import { memoryDueList } from './memory-due-list.ts';
import { memoryEnrolment } from './memory-enrolment.ts';
import { memoryExposures } from './memory-exposures.ts';
import { memoryFailingFleet } from './memory-failing-fleet.ts';
import { memoryHeads } from './memory-heads.ts';
import { memoryQuarantine } from './memory-quarantine.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { memorySleepLog } from './memory-sleep-log.ts';
import { memoryTable } from './memory-table.ts';
import { aConfiguration } from './policies.ts';
import { Recording } from './recording.ts';

export const service = 'production/web';
export const repository = 'my-web-app';
export const registryHost = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
/** ECS is eventually consistent: after an act its reads answer for so long what was there before. */
export const readsLagMs = 5_000;
/** The digest of an image, by one letter. */
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** A head but for what it remembers of orders, which also one that changes nothing leaves behind. */
export function unordered(ordered: Head): Partial<Head> {
  const { obeyed: _, version: __, dueAt: ___, ...head } = ordered;
  return head;
}

/** All ports in memory under one clock, and the flows as AWS would wake them. Every call of a port goes through the recording. */
export class FlowWorld {
  now = new Date('2026-11-23T12:00:00.000Z');
  configuration: Configuration;
  recording = new Recording();
  readonly table = memoryTable(() => this.now);
  readonly services = fakeServices(() => this.now, readsLagMs);
  readonly taskDefinitions = fakeTaskDefinitions();
  readonly registry = fakeRegistry();
  readonly contents = fakeImageContents();
  readonly scans = fakeScans();
  readonly taskLogs = fakeTaskLogs();
  readonly topic = fakeTopic();
  readonly scaling = fakeScaling(this.services);
  readonly logged: { message: string; fields: Record<string, unknown> }[] = [];
  readonly failing = memoryFailingFleet();
  /** Every figure for a dashboard. */
  readonly counted: [name: MetricName, value: number][] = [];
  readonly #exposures = memoryExposures();
  #invocations = 0;
  #orders = 0;

  constructor(configuration = aConfiguration()) {
    this.configuration = configuration;
    this.registry.addRepository(repository);
  }

  /** Everything a flow may need, recorded. */
  needs() {
    const wrap = <Port extends object>(name: string, port: Port): Port => this.recording.wrap(name, port);
    return {
      configuration: this.configuration,
      table: 'ecs-autopilot-test',
      heads: wrap('heads', memoryHeads(this.table)),
      log: wrap('log', memoryDeploymentLog(this.table)),
      history: wrap('history', memoryHistory(this.table)),
      metrics: { put: (name: MetricName, value: number) => void this.counted.push([name, value]) },
      quarantine: wrap('quarantine', memoryQuarantine(this.table)),
      registry: wrap('registry', this.registry),
      contents: wrap('contents', this.contents),
      scans: wrap('scans', this.scans),
      services: wrap('services', this.services),
      taskDefinitions: wrap('taskDefinitions', this.taskDefinitions),
      taskLogs: wrap('taskLogs', this.taskLogs),
      settingsOf: ({ document }: TaskDefinition) => document as Record<string, string>, // A fake's document is its settings.
      exposures: wrap('exposures', this.#exposures),
      failing: wrap('failing', this.failing),
      topic: wrap('topic', this.topic),
      ...(this.configuration.schedules === undefined
        ? {}
        : {
            scaling: wrap('scaling', this.scaling),
            sleepLog: wrap('sleepLog', memorySleepLog(this.table)),
            ...sleeping,
          }),
      dueList: wrap('dueList', memoryDueList(this.table)),
      enrolment: wrap('enrolment', memoryEnrolment(this.table)),
      repositories: wrap('repositories', memoryRepositories(this.table)),
    };
  }

  invocation(differing: Partial<Invocation> = {}): Invocation {
    this.#invocations += 1;
    return {
      id: `request-${this.#invocations}`,
      now: this.now,
      timeoutMs: 60_000,
      remainingMs: () => 60_000,
      log: (message, fields = {}) => void this.logged.push({ message, fields }),
      ...differing,
    };
  }

  /** The service is configured with these gates from now on. */
  gate(gates: GatesPolicy, ofService = service): void {
    const services = Object.entries(this.configuration.services).map(([key, policy]) => [
      key,
      key === ofService ? { ...policy, gates } : policy,
    ]);
    this.configuration = { ...this.configuration, services: Object.fromEntries(services) as Configuration['services'] };
  }

  advance(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  /** Puts an image into the registry, and answers the event that tells of it. */
  push(letter: string, tag = 'latest', inRepository = repository): ImagePush {
    this.registry.push(inRepository, digest(letter), tag, this.now.toISOString());
    return this.pushEvent(letter, tag, inRepository);
  }

  pushEvent(letter: string, tag = 'latest', inRepository = repository): ImagePush {
    return aPush({ repository: inRepository, digest: digest(letter), tag, time: this.now.toISOString() });
  }

  deploy(push: ImagePush): Promise<void> {
    return deployImage(push, this.needs(), this.invocation());
  }

  /** Pushes an image and lets deploy-image hear of it. */
  pushed(letter: string, tag = 'latest'): Promise<void> {
    return this.deploy(this.push(letter, tag));
  }

  follow(eventName = 'SERVICE_DEPLOYMENT_COMPLETED', ofService = service, rolloutId?: string): Promise<void> {
    const change = { service: ofService, about: 'rollout', eventName, eventType: 'INFO', at: this.now.toISOString() } as const;
    return followRollout({ ...change, ...(rolloutId !== undefined && { rolloutId }) }, this.needs(), this.invocation());
  }

  stopped(task: StoppedTask): Promise<void> {
    this.services.catchUp();
    return judgeStoppedTask(task, this.needs(), this.invocation());
  }

  /** A task of a revision that exited with 1, as the event tells it. */
  crashed(id: string, taskDefinition = this.running(), differing: Partial<StoppedTask> = {}): StoppedTask {
    const at = this.now.toISOString();
    return aCrash({ service, taskArn: taskArn(id), taskDefinition, stoppedAt: at, createdAt: at, ...differing });
  }

  /** This many tasks of what runs crash, and each is told. */
  async crash(times: number, taskDefinition = this.running()): Promise<void> {
    const id = `crash-${this.now.getTime()}-${taskDefinition.split(':').at(-1)}`; // A task is of one revision.
    for (let nth = 1; nth <= times; nth += 1) await this.stopped(this.crashed(`${id}-${nth}`, taskDefinition));
  }

  /** A person orders this; unless told, each time anew. */
  order(verb: Verb, differing: object = {}): Promise<CommandAnswer> {
    this.#orders += 1;
    const command = { id: `order-${this.#orders}`, actor: 'anna', service, verb, ...differing } as Command;
    return obeyCommand(command, this.needs(), this.invocation());
  }

  tick(scheduledFor?: string): Promise<void> {
    return tick(this.needs(), this.invocation(), scheduledFor);
  }

  /** Ticks once a minute, this many times. */
  async ticks(times: number): Promise<void> {
    for (let nth = 0; nth < times; nth += 1) {
      this.advance(60_000);
      await this.tick();
    }
  }

  /** A service on a revision pinned to an image, running since long before. */
  addService(letter: string, key = service, family = 'web'): string {
    const image = `${registryHost}/${repository}@${digest(letter)}`;
    const { arn } = this.taskDefinitions.add(family, { web: image });
    this.services.add(key, arn);
    return arn;
  }

  /** Somebody deregisters a revision: it can be read still, and no service takes it. */
  deregister(arn: string): void {
    this.taskDefinitions.deregister(arn);
    this.services.inactive.add(arn);
  }

  /** The rollout under way is COMPLETED, and follow-rollout hears of it. */
  async completed(): Promise<void> {
    this.services.complete(service, this.now.toISOString());
    await this.follow();
  }

  /** Enrolled, with image `a` running, and verified as the baseline. */
  async verifiedBaseline(letter = 'a', tag = 'latest'): Promise<string> {
    this.registry.push(repository, digest(letter), tag, '2026-11-20T09:00:00.000Z');
    const arn = this.addService(letter);
    await this.ticks(7);
    return arn;
  }

  /** Pushes an image that goes live. */
  async live(letter: string, tag = 'latest'): Promise<void> {
    await this.pushed(letter, tag);
    this.advance(30_000);
    await this.completed();
    await this.ticks(6);
  }

  head(ofService = service): Head {
    const head = this.table.heads.get(ofService);
    if (head === undefined) throw new Error(`${ofService} is not enrolled`);
    return head;
  }

  /** ARN of what the service is told to run. */
  running(ofService = service): string {
    return this.services.services.get(ofService)?.taskDefinition ?? '';
  }

  /** The letter of the image that the service's revision names. */
  image(ofService = service): string {
    const image = this.taskDefinitions.revisions.get(this.running(ofService))?.containers[0]?.image ?? '';
    return image.split('sha256:')[1]?.charAt(0) ?? image;
  }

  /** Every deployment on record, in the order in which they came there. */
  history(ofService = service): Deployment[] {
    return [...(this.table.deployments.get(ofService)?.values() ?? [])].map(({ deployment }) => deployment);
  }

  /** `<letter> <state>` of each deployment on record. */
  states(ofService = service): string[] {
    return this.history(ofService).map(({ images, state }) => `${images[repository]?.digest.charAt(7) ?? '?'} ${state}`);
  }

  /** `<state>` of each message, in order. */
  told(): string[] {
    return this.topic.told.map(({ state }) => state);
  }
}
