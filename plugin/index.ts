import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatFaults } from '../lib/config/faults.ts';
import { validateConfiguration } from '../lib/config/validate.ts';
import type { ValidConfiguration } from '../lib/config/validate.ts';
import { daemonsAmong, formatDaemons, sleepersOf } from './daemons.ts';
import type { Framework, Log } from './framework.ts';
import { functionNames } from './functions.ts';
import { generate } from './generate.ts';
import { lambdaCredentials } from './lambda-credentials.ts';
import { oneModule } from './one-module.ts';
import { installationRecord, type InstallationRecord } from './record.ts';
import { formatRefusals, leavingOf, refusalsOf } from './refusals.ts';
import { roleIdOf } from './roles.ts';

/** Judges `custom.autopilot`, compiles it into the bundles, and adds to the template what depends on it. */
export default class Autopilot {
  readonly hooks: Record<string, () => void | Promise<void>>;
  readonly #framework: Framework;
  readonly #log: Log;
  #judged = false;

  constructor(framework: Framework, _options: unknown, { log }: { log: Log }) {
    this.#framework = framework;
    this.#log = log;
    const judge = () => void this.#valid();
    this.hooks = {
      initialize: () => this.#prepare(),
      'before:package:cleanup': judge,
      'before:deploy:deploy': () => this.#askFirst(),
      'before:deploy:function:initialize': () => this.#askFirst(), // The function's bundle carries the configuration, too.
      'before:invoke:invoke': judge,
      'before:invoke:local:invoke': () => {
        this.#valid();
        this.#removeBuild();
      },
      'before:package:createDeploymentArtifacts': () => this.#removeBuild(),
      'before:package:finalize': () => this.#extendTemplate(),
    };
  }

  /** Before other plugins read their settings. Silent about faults: commands that only read or remove work in spite of them. */
  #prepare(): void {
    const { service } = this.#framework;
    for (const name of functionNames) Object.assign(service.functions[name] ?? {}, { role: roleIdOf(name) });
    const result = validateConfiguration(service.custom?.['autopilot']);
    if ('faults' in result || service.custom === undefined) return;
    const define = {
      ...service.custom.esbuild?.define,
      __AUTOPILOT_CONFIGURATION__: JSON.stringify(result.configuration),
      __AUTOPILOT_CHANNELS__: JSON.stringify(result.installation.channels),
      __AUTOPILOT_METRICS__: String(result.configuration.metrics === true),
      __AUTOPILOT_SLEEPS__: String(result.configuration.schedules !== undefined),
    };
    const plugins = [...(service.custom.esbuild?.plugins ?? []), oneModule, lambdaCredentials];
    service.custom.esbuild = { ...service.custom.esbuild, define, plugins };
  }

  /** The configuration, or the end of the command with every fault that it has. Warns once. */
  #valid(): ValidConfiguration {
    const result = validateConfiguration(this.#framework.service.custom?.['autopilot']);
    if ('faults' in result) throw new this.#framework.classes.Error(formatFaults(result.faults), 'AUTOPILOT_CONFIGURATION');
    if (!this.#judged) for (const warning of result.warnings) this.#log.warning(warning);
    this.#judged = true;
    return result;
  }

  async #askFirst(): Promise<void> {
    await this.#leaveNobody();
    await this.#refuseDaemons();
  }

  /** Ends the command where a service is to sleep that cannot. What cannot be asked is warned of: the tick finds it, too, and tells. */
  async #refuseDaemons(): Promise<void> {
    let daemons: string[];
    try {
      daemons = await daemonsAmong(await this.#framework.getProvider('aws').getAwsSdkV3Config(), sleepersOf(this.#valid().configuration));
    } catch (error) {
      this.#log.warning(
        `Whether a service with offPeak is a DAEMON service, which cannot sleep, was not learnt: ${String(error)}. It takes ecs:DescribeServices (docs/off-peak.md).`,
      );
      return;
    }
    if (daemons.length > 0) throw new this.#framework.classes.Error(formatDaemons(daemons), 'AUTOPILOT_CANNOT_SLEEP');
  }

  /** Ends the command where an enrolled service would be left asleep, or dropped while it is managed. What cannot be read does not stop a deployment: it is warned of. */
  async #leaveNobody(): Promise<void> {
    const { configuration } = this.#valid();
    let refusals: string[];
    try {
      const record = await this.#record();
      refusals = refusalsOf(await record.heads(leavingOf(await record.enrolled(), configuration)), configuration);
    } catch (error) {
      const what = 'Whether a service would be left asleep, or dropped while it is managed, could not be checked';
      this.#log.warning(
        `${what}: ${String(error)}. It takes dynamodb:GetItem and dynamodb:BatchGetItem on ${this.#prefix()} (docs/off-peak.md).`,
      );
      return;
    }
    if (refusals.length > 0) throw new this.#framework.classes.Error(formatRefusals(refusals), 'AUTOPILOT_LEFT_BEHIND');
  }

  async #record(): Promise<InstallationRecord> {
    return installationRecord(await this.#framework.getProvider('aws').getAwsSdkV3Config(), this.#prefix());
  }

  /** What all names in the stack begin with; the table has this very name. */
  #prefix(): string {
    return `${this.#framework.service.service}-${this.#framework.getProvider('aws').getStage()}`;
  }

  #extendTemplate(): void {
    const { service } = this.#framework;
    const { resources, notices, metadata } = generate(this.#valid(), { prefix: this.#prefix() });
    const template = service.provider.compiledCloudFormationTemplate;
    Object.assign(template.Resources, resources);
    if (metadata !== undefined) template.Metadata = { ...template.Metadata, 'ecs-autopilot': metadata };
    for (const notice of notices) this.#log.notice(notice);
  }

  /** A build that was broken off leaves files which the next package would put into its zip. */
  #removeBuild(): void {
    rmSync(join(this.#framework.serviceDir, '.esbuild'), { recursive: true, force: true });
  }
}
