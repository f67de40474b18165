import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatFaults } from '../lib/config/faults.ts';
import { validateConfiguration } from '../lib/config/validate.ts';
import type { ValidConfiguration } from '../lib/config/validate.ts';
import type { Framework, Log } from './framework.ts';
import { functionNames } from './functions.ts';
import { generate } from './generate.ts';
import { oneModule } from './one-module.ts';
import { roleIdOf } from './roles.ts';

/** Judges `custom.autopilot`, compiles it into the bundles, and adds to the template what depends on it. */
export default class Autopilot {
  readonly hooks: Record<string, () => void>;
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
      'before:deploy:deploy': judge,
      'before:deploy:function:initialize': judge,
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
      __AUTOPILOT_SLEEPS__: String(result.configuration.schedules !== undefined),
    };
    service.custom.esbuild = { ...service.custom.esbuild, define, plugins: [...(service.custom.esbuild?.plugins ?? []), oneModule] };
  }

  /** The configuration, or the end of the command with every fault that it has. Warns once. */
  #valid(): ValidConfiguration {
    const result = validateConfiguration(this.#framework.service.custom?.['autopilot']);
    if ('faults' in result) throw new this.#framework.classes.Error(formatFaults(result.faults), 'AUTOPILOT_CONFIGURATION');
    if (!this.#judged) for (const warning of result.warnings) this.#log.warning(warning);
    this.#judged = true;
    return result;
  }

  #extendTemplate(): void {
    const { service } = this.#framework;
    const stage = this.#framework.getProvider('aws').getStage();
    const { resources, notices, metadata } = generate(this.#valid(), { prefix: `${service.service}-${stage}` });
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
