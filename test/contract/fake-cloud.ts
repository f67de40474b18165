import { createHash } from 'node:crypto';
import { fakeRegistry } from '../fakes/fake-registry.ts';
import { fakeScaling } from '../fakes/fake-scaling.ts';
import { fakeServices } from '../fakes/fake-services.ts';
import { fakeTaskDefinitions } from '../fakes/fake-task-definitions.ts';
import { cloudNow, type Cloud, type Running } from './cloud.ts';

/** The fakes. */
export async function fakeCloud(): Promise<Cloud> {
  const services = fakeServices(() => cloudNow);
  const taskDefinitions = fakeTaskDefinitions();
  const scaling = fakeScaling(services);
  const registry = fakeRegistry();
  services.missingClusters.add('nowhere');
  const register = (family: string, content: string): string => taskDefinitions.add(family, { web: `my-web-app@${digestOf(content)}` }).arn;
  const steady = (name: string, content: string): Running => {
    const [key, taskDefinition, digest] = [`production/${name}`, register(name, content), digestOf(content)];
    services.add(key, taskDefinition);
    services.digests.set(taskDefinition, { web: digest });
    return { key, taskDefinition, digest };
  };
  return {
    services,
    taskDefinitions,
    registry,
    scaling,
    letScale: async (key, target) => {
      scaling.targets.set(key, target);
    },
    push: async (repository, tag, content) => registry.push(repository, digestOf(content), tag, cloudNow.toISOString()).digest,
    register: async (family, images) => taskDefinitions.add(family, images).arn,
    deregister: async (arn) => taskDefinitions.deregister(arn),
    steadyService: async (name) => steady(name, 'healthy'),
    crashingService: async (name) => {
      const running = steady(name, 'crash');
      services.stopped.set(running.key, [crashed(running)]);
      return running;
    },
    nextRevision: async (name) => register(name, 'next'),
    letComplete: async (key) => services.complete(key, cloudNow.toISOString()),
    delete: async (key) => {
      const service = services.services.get(key);
      if (service !== undefined) services.services.set(key, { ...service, status: 'INACTIVE' });
    },
    close: async () => {},
  };
}

function crashed({ key, taskDefinition, digest }: Running) {
  const at = cloudNow.toISOString();
  return {
    service: key,
    taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/1',
    taskDefinition,
    stoppedAt: at,
    createdAt: at,
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    ofService: true,
    containers: [{ name: 'web', exitCode: 1, imageDigest: digest }],
  };
}

function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
