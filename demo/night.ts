import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { heading } from './paint.ts';
import { servicesOf, until, type Expect, type Scene } from './scene.ts';

/** The evening comes: what may sleep, sleeps, and in the morning it is back as it was. */
export async function night(scene: Scene, expect: Expect): Promise<void> {
  const { sleepers } = scene.stage;
  if (sleepers.length === 0) return;
  scene.say(heading(`6. The evening comes. ${sleepers.length === 1 ? sleepers[0] : `${sleepers.length} services`} may sleep.`));
  const before = await counts(scene);
  const asleep = await until(scene, ({ state }) => state === 'asleep', sleepers.length, '15m');
  const meanwhile = await counts(scene);
  expect(
    servicesOf(asleep).length === sleepers.length && meanwhile.every((count) => count === 0),
    `all of them sleep: ${told(sleepers, meanwhile)}`,
  );
  const awake = await until(scene, ({ state }) => state === 'awake', sleepers.length, '15m');
  const after = await counts(scene);
  expect(
    servicesOf(awake).length === sleepers.length && String(after) === String(before),
    `in the morning they are as they were: ${told(sleepers, after)}`,
  );
}

/** The running tasks of each service that sleeps. */
async function counts({ aws, stage }: Scene): Promise<number[]> {
  return Promise.all(
    stage.sleepers.map(async (key) => {
      const [cluster = '', service = ''] = key.split('/');
      const { services = [] } = await aws.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      return services[0]?.runningCount ?? 0;
    }),
  );
}

function told(sleepers: string[], tasks: number[]): string {
  return sleepers.map((service, index) => `${service} ${tasks[index]} ${tasks[index] === 1 ? 'task' : 'tasks'}`).join(', ');
}
