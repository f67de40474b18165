import { parseArgs } from 'node:util';
import { SteppedAgenda } from '../sandbox/model/agenda.ts';
import { EcrModel } from '../sandbox/model/ecr/model.ts';
import { EcsModel } from '../sandbox/model/ecs/model.ts';

const { values } = parseArgs({ options: { services: { type: 'string', default: '10000' } } });
const count = Number(values.services);
const place = { account: '123456789012', region: 'eu-west-1' };
const start = Date.parse('2026-11-20T00:00:00Z');
const dayMs = 86_400_000;
const cluster = (i: number): string => `cluster-${i % 10}`;

/** What `measureSandbox` runs in a process of its own. A day of ECS without sockets: each service is there from the morning on and is deployed once; one image in twenty crashes and is taken back. */
function aDay(): { events: number; ecs: EcsModel } {
  const agenda = new SteppedAgenda(new Date(start));
  const told = { events: 0 };
  const emit = (): void => void told.events++;
  const ecr = new EcrModel({ ...place, agenda, emit });
  const ecs = new EcsModel({ ...place, agenda, emit, images: ecr });
  ecr.createRepository({ repositoryName: 'web' });
  ecr.putImage('web', { imageTag: 'good', imageManifest: manifest('healthy') });
  ecr.putImage('web', { imageTag: 'bad', imageManifest: manifest('cannot-pull') });
  const define = (i: number, tag: string): string => ecs.definitions.register(document(i, tag)).arn;
  for (let i = 0; i < count; i++) {
    ecs.createCluster(cluster(i));
    ecs.createService({ ...service(i), taskDefinition: define(i, 'good') });
    const deployAt = new Date(start + dayMs * (0.1 + (0.8 * i) / count));
    agenda.at(deployAt, () => {
      const taskDefinition = define(i, i % 20 === 0 ? 'bad' : 'good');
      ecs.updateService({ cluster: cluster(i), service: `web-${i}`, taskDefinition });
    });
  }
  agenda.runUntil(new Date(start + dayMs));
  return { events: told.events, ecs };
}

function service(i: number) {
  return {
    cluster: cluster(i),
    serviceName: `web-${i}`,
    desiredCount: 2,
    launchType: 'FARGATE' as const,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a4d1c9e7b35f2810'] } },
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  };
}

function document(i: number, tag: string): Record<string, unknown> {
  const image = `${place.account}.dkr.ecr.${place.region}.amazonaws.com/web:${tag}`;
  return { family: `web-${i}`, networkMode: 'awsvpc', cpu: '256', memory: '512', containerDefinitions: [{ name: 'app', image }] };
}

function manifest(run: string): string {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  return JSON.stringify({ schemaVersion: 2, mediaType, layers: [], annotations: { 'autopilot.sandbox/run': run } });
}

const begun = performance.now();
const { events, ecs } = aDay();
const { user, system } = process.cpuUsage();
const tasks = Array.from({ length: 10 }, (_, i) => ecs.tasks.list(cluster(i)).length).reduce((sum, length) => sum + length, 0);
process.stdout.write(
  JSON.stringify({
    services: count,
    tasks,
    events,
    seconds: (performance.now() - begun) / 1000,
    processorSeconds: (user + system) / 1e6, // What the day takes on a machine that has nothing else to do.
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
