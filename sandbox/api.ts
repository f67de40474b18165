import { internalFailure, unknownOperation } from './protocol/errors.ts';
import type { ExtraMembers } from './protocol/extra-members.ts';
import { accepted } from './protocol/accepted.ts';
import { readJson } from './protocol/json-input.ts';
import { models } from './protocol/models.ts';
import { AwsError, type AwsService, type Call } from './service.ts';

/** The services of the sandbox, called by their AWS names. */
export class Api {
  readonly #services: ReadonlyMap<string, AwsService>;
  readonly #extras: ExtraMembers;

  constructor(extras: ExtraMembers, services: Record<string, AwsService>) {
    this.#extras = extras;
    this.#services = new Map(Object.entries(services));
  }

  /** The services by name, with the names of their operations. */
  services(): { name: string; operations: string[] }[] {
    return [...this.#services].map(([name, { operations }]) => ({ name, operations: Object.keys(operations) }));
  }

  has(service: string, operation: string): boolean {
    return Object.hasOwn(this.#services.get(service)?.operations ?? {}, operation);
  }

  /** Runs an operation with an input that was read already. A fault of ours becomes AWS's internal failure. */
  async run(service: string, operation: string, input: object, call: Call): Promise<unknown> {
    if (!this.has(service, operation)) throw unknownOperation(operation);
    const run = this.#services.get(service)?.operations[operation] as (input: object, call: Call) => unknown;
    try {
      return await run(input, call);
    } catch (error) {
      throw error instanceof AwsError ? error : internalFailure(error);
    }
  }

  /** Calls an operation with JSON, checked against the SDK's model as if it had come over HTTP. */
  async call(service: string, operation: string, json: object, call: Call): Promise<Record<string, unknown>> {
    const model = models.get(service);
    const shape = model?.operations.get(operation);
    if (!model || !shape) throw unknownOperation(`${service}.${operation}`);
    const input = accepted(model, shape.input, readJson(shape.input, JSON.parse(JSON.stringify(json)), service, this.#extras));
    return (await this.run(service, operation, input, call)) as Record<string, unknown>;
  }
}
