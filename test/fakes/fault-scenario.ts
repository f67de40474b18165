import type { FlowWorld } from './flow-world.ts';

/** One wake-up of one flow, and the world in which it comes. */
export interface FaultScenario {
  name: string;
  /** What is there when the flow is woken; the same each time. */
  prepare(): Promise<FlowWorld>;
  /** The wake-up. Lambda repeats it after a fault, but for the tick, whose next one is a minute later. */
  wake(world: FlowWorld): Promise<void>;
  /** What ECS and the world do afterwards by themselves. */
  afterwards?(world: FlowWorld): Promise<void>;
}
